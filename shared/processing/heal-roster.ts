import type { Provider } from '../actions/provider.ts';
import type { Call } from '../domain/call.ts';
import type { CallEvent, RosterEntry } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { latestNumber, showsNow } from '../domain/roster.ts';
import { hash22 } from '../ids/hash22.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CallWorker } from './call-worker.ts';
import { ownEvent } from './overdue.ts';

interface HealPorts {
  readonly provider: Pick<Provider, 'rosterOf'>;
  readonly worker: Pick<CallWorker, 'record'>;
}

/**
 * Asks ACS who is on an open call, and records it where the events told otherwise: rosters were lost then. It proves the
 * connection, too, where that event was lost. False where nothing was to be mended, or ACS did not say.
 *
 * @throws StorageError when storage failed; doing it again is safe.
 */
export async function healRoster(
  { provider, worker }: HealPorts,
  { call }: CallHead,
  now: EventTime,
): Promise<boolean> {
  const roster = await provider.rosterOf?.(call);
  if (roster === undefined || showsNow(call.roster, roster)) return false;
  await worker.record(call.callKey, { events: [inferredRoster(call, roster, now)] });
  return true;
}

/**
 * A snapshot behind all that are known by now: a true one with the next number still comes after it, and outranks it.
 */
function inferredRoster(call: Call, participants: readonly RosterEntry[], now: EventTime): CallEvent {
  const fingerprint = `inferred:roster:${hash22(JSON.stringify([now, participants]))}`;
  const payload = {
    type: 'roster.snapshot',
    sequenceNumber: latestNumber(call.roster),
    participants,
  } as const;
  return { ...ownEvent(call.dialect, now, fingerprint, payload), inferred: true };
}

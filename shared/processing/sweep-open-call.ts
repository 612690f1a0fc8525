import type { Provider } from '../actions/provider.ts';
import { type Clock, eventTimeOf } from '../clock.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CallStore } from '../store/call-store.ts';
import type { IndexUpkeep, OpenRow } from '../store/index-upkeep.ts';
import type { CallWorker } from './call-worker.ts';
import { isAtRest, isDue } from './due.ts';
import { ownEvent } from './overdue.ts';
import { quietMs } from './quiet.ts';

export interface OpenCallPorts {
  readonly calls: CallStore;
  readonly upkeep: IndexUpkeep;
  readonly worker: CallWorker;
  readonly provider: Provider;
  readonly clock: Clock;
  readonly settings: { readonly quietConnectingMinutes: number; readonly quietConnectedHours: number };
}

/**
 * What was done about a call. `tidied`: it has ended or is no more, and is off the list · `visited`: something was due
 * · `asked`: nothing was heard of it for long, and ACS says that it is open · `lost`: the same, and ACS does not.
 */
export type OpenCallOutcome = 'nothing' | 'tidied' | 'visited' | 'asked' | 'lost';

/**
 * Looks after one call on the list of open ones. One read, and no write, where nothing is to be done.
 *
 * @throws StorageError when storage failed; doing it again is safe.
 */
export async function sweepOpenCall(ports: OpenCallPorts, row: OpenRow): Promise<OpenCallOutcome> {
  const { calls, upkeep, worker, provider, clock } = ports;
  const { callKey } = row;
  const now = eventTimeOf(clock.now());
  const head = await calls.load(callKey);
  if (head === undefined || isAtRest(head)) {
    await upkeep.removeOpen(callKey);
    return 'tidied';
  }
  if (isDue(head, { now, policyOf: provider.policyOf })) {
    await worker.visit(callKey);
    return 'visited';
  }
  const ms = quietMs(head, { now, askedAt: row.askedAt, limits: limitsOf(ports) });
  return ms === undefined ? 'nothing' : lookInto(ports, head, { now, minutes: Math.floor(ms / 60_000) });
}

/** Asks ACS about a call that went quiet; one that ACS does not know, or cannot be asked about, counts as ended. */
async function lookInto(
  { upkeep, worker, provider }: OpenCallPorts,
  { call }: CallHead,
  { now, minutes }: { readonly now: EventTime; readonly minutes: number },
): Promise<OpenCallOutcome> {
  const { callKey, dialect } = call;
  const answer = await provider.ask(call);
  if (answer === 'open') {
    // Noted in the index, not in the call: that a call is still there is no event of it.
    await upkeep.noteAsked(callKey, now);
    return 'asked';
  }
  const why = answer === 'gone' ? 'ACS does not know the call any more' : 'ACS cannot be asked about it';
  const reason = `nothing was heard of the call for ${minutes} minutes, and ${why}`;
  await worker.record(callKey, { events: [ownEvent(dialect, now, 'lost', { type: 'call.lost', reason })] });
  return 'lost';
}

function limitsOf({ settings }: OpenCallPorts) {
  return {
    connectingMs: settings.quietConnectingMinutes * 60_000,
    connectedMs: settings.quietConnectedHours * 3_600_000,
  };
}

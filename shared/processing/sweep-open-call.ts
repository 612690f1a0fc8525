import { canBeAsked } from '../actions/dialect-support.ts';
import type { Provider } from '../actions/provider.ts';
import { type Clock, eventTimeOf } from '../clock.ts';
import type { DialectName } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CallStore } from '../store/call-store.ts';
import type { IndexUpkeep, OpenRow } from '../store/index-upkeep.ts';
import type { CallWorker } from './call-worker.ts';
import { isAtRest, isDue } from './due.ts';
import { healRoster } from './heal-roster.ts';
import { ownEvent } from './overdue.ts';
import { type QuietLimits, quietMs } from './quiet.ts';

export interface OpenCallPorts {
  readonly calls: CallStore;
  readonly upkeep: IndexUpkeep;
  readonly worker: CallWorker;
  readonly provider: Provider;
  readonly clock: Clock;
  readonly settings: {
    readonly quietConnectingMinutes: number;
    readonly quietConnectedHours: number;
    readonly reconcileMinutes: number;
  };
}

/**
 * What was done about a call. `tidied`: it has ended or is no more, and is off the list · `visited`: something was due
 * · `asked`: nothing was heard of it for long, and ACS says that it is open · `healed`: ACS said besides what no event had
 * told · `unanswered`: ACS gave no answer · `lost`: ACS does not know it, or cannot be asked.
 */
export type OpenCallOutcome = 'nothing' | 'tidied' | 'visited' | 'asked' | 'healed' | 'unanswered' | 'lost';

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
  const { askedAt } = row;
  const limits = askingLimits(ports.settings, head.call.dialect);
  const isQuiet = quietMs(head, { now, askedAt, limits }) !== undefined;
  return isQuiet ? lookInto(ports, head, { now, askedAt }) : 'nothing';
}

/**
 * Asks ACS about a call that went quiet. What it tells and no event did is recorded as inferred. A call that it does not
 * know counts as ended, and so does one that cannot be asked about, once its own limit is over; one that ACS gave no
 * answer about is asked about again by the next sweep.
 */
async function lookInto(
  ports: OpenCallPorts,
  head: CallHead,
  { now, askedAt }: { readonly now: EventTime; readonly askedAt: EventTime | null },
): Promise<OpenCallOutcome> {
  const { upkeep, provider, settings } = ports;
  const { call } = head;
  const answer = await provider.ask(call);
  if (answer === 'open') {
    const isHealed = await healRoster(ports, head, now);
    // Noted in the index, not in the call: that a call is still there is no event of it.
    await upkeep.noteAsked(call.callKey, now);
    return isHealed ? 'healed' : 'asked';
  }
  if (answer === 'noAnswer') return 'unanswered';
  if (answer === 'gone') return giveUp(ports, head, now, 'ACS does not know the call any more');
  if (quietMs(head, { now, askedAt, limits: limitsOf(settings) }) === undefined) return 'nothing';
  return giveUp(ports, head, now, 'ACS cannot be asked about it');
}

async function giveUp(
  { worker }: OpenCallPorts,
  { call, heardAt }: CallHead,
  now: EventTime,
  why: string,
): Promise<OpenCallOutcome> {
  const minutes = Math.floor((Date.parse(now) - Date.parse(heardAt)) / 60_000);
  const reason = `nothing was heard of the call for ${minutes} minutes, and ${why}`;
  const lost = ownEvent(call.dialect, now, 'lost', { type: 'call.lost', reason });
  await worker.record(call.callKey, { events: [lost] });
  return 'lost';
}

/** How long a call may be quiet before ACS is asked: not for long where it can be, and each time costs two requests. */
function askingLimits(settings: OpenCallPorts['settings'], dialect: DialectName): QuietLimits {
  const limits = limitsOf(settings);
  if (!canBeAsked(dialect)) return limits;
  const reconcileMs = settings.reconcileMinutes * 60_000;
  return {
    connectingMs: Math.min(limits.connectingMs, reconcileMs),
    connectedMs: Math.min(limits.connectedMs, reconcileMs),
  };
}

function limitsOf(settings: OpenCallPorts['settings']): QuietLimits {
  return {
    connectingMs: settings.quietConnectingMinutes * 60_000,
    connectedMs: settings.quietConnectedHours * 3_600_000,
  };
}

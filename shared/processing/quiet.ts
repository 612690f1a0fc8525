import { isInFlight } from '../actions/claims.ts';
import { isPlacing } from '../domain/action.ts';
import { endOf } from '../domain/call.ts';
import { type EventTime, latest } from '../domain/event-time.ts';
import type { CallHead } from '../store/call-head.ts';

/** How long nothing may be heard of an open call before it is looked into. */
export interface QuietLimits {
  /** Of one that is connected: nothing need happen on it for long. */
  readonly connectedMs: number;
  /** Of any other: it rings, or hangs up, and both end soon. */
  readonly connectingMs: number;
}

/**
 * How long nothing has been heard of a call, when that is longer than it may be; undefined else. Counted from the
 * receipt of what was heard last, never from an event's own time: what comes late was still heard. Pure.
 *
 * @param askedAt when ACS last said that the call is open, which counts as having heard of it.
 */
export function quietMs(
  head: CallHead,
  {
    now,
    askedAt,
    limits,
  }: { readonly now: EventTime; readonly askedAt: EventTime | null; readonly limits: QuietLimits },
): number | undefined {
  if (endOf(head.call) !== null || isBeingPlaced(head)) return undefined;
  const ms = Date.parse(now) - Date.parse(latest(askedAt, head.heardAt));
  const limitMs = head.call.state === 'connected' ? limits.connectedMs : limits.connectingMs;
  return ms >= limitMs ? ms : undefined;
}

/** ACS does not know a call yet whose request waits or is under way. */
function isBeingPlaced(head: CallHead): boolean {
  return head.call.actions.some(
    action => isPlacing(action) && (action.state === 'planned' || isInFlight(head, action)),
  );
}

import { abandoned, nextToSend } from '../actions/claims.ts';
import type { PolicyOf } from '../actions/policy.ts';
import { addMilliseconds } from '../clock.ts';
import { isSettled } from '../domain/action.ts';
import { endOf } from '../domain/call.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { CallHead } from '../store/call-head.ts';
import { overdueEvents } from './overdue.ts';

/** An action that waited was to be sent by its message; by now that is lost, or very late. */
const ACTION_GRACE_MS = 60_000;

/** An alarm is on its way as long as this: two who look at one call at once would only be in each other's way. */
const TIMER_GRACE_MS = 5_000;

/** Projected rows are written right behind the state that they are behind. */
const PROJECTION_GRACE_MS = 60_000;

/**
 * Whether something is to be done on a call that whoever should have done it has not: a timer that is due, an action
 * whose sender did not come back or that waited and was not sent, projected rows that were not written. Pure.
 */
export function isDue(
  head: CallHead,
  { now, policyOf }: { readonly now: EventTime; readonly policyOf: PolicyOf },
): boolean {
  const before = (ms: number) => addMilliseconds(now, -ms);
  return (
    overdueEvents(head, { now: before(TIMER_GRACE_MS), policyOf }).length > 0 ||
    abandoned(head, now).length > 0 ||
    nextToSend(head, before(ACTION_GRACE_MS)) !== undefined ||
    (head.projectionPending && head.heardAt < before(PROJECTION_GRACE_MS))
  );
}

/** Whether the call has ended and nothing of it is waited for any more. Pure. */
export function isAtRest({ call, deliveries }: Pick<CallHead, 'call' | 'deliveries'>): boolean {
  const waitsForAnswer = call.actions.some(action => {
    const { claimedBy = null, firstSentAt = null } = deliveries[action.actionId] ?? {};
    return !isSettled(action) && (claimedBy ?? firstSentAt) !== null;
  });
  return endOf(call) !== null && !waitsForAnswer && call.timers.every(({ state }) => state !== 'armed');
}

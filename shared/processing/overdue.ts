import { abandoned } from '../actions/claims.ts';
import type { Policy, PolicyOf } from '../actions/policy.ts';
import { type Action, endsCall, isPlacing, isSettled } from '../domain/action.ts';
import type { CallEvent, EventPayload } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { hash22 } from '../ids/hash22.ts';
import type { CallHead } from '../store/call-head.ts';

/**
 * How long ACS remembers a request by its repeatability headers. The call API does not say; five minutes is what Azure
 * asks of its services, and what ACS states for its other APIs.
 */
export const REPEATABILITY_WINDOW_MS = 300_000;

/**
 * What has become true without word from ACS: timers that are due, actions whose sender did not come back and that must
 * not be sent again, and a placing that nobody wants any more. Pure; the events are to be applied like any other.
 */
export function overdueEvents(
  head: Pick<CallHead, 'call' | 'deliveries'>,
  { now, policyOf }: { readonly now: EventTime; readonly policyOf: PolicyOf },
): CallEvent[] {
  const { call } = head;
  const timers = call.timers
    .filter(({ state, dueAt }) => state === 'armed' && dueAt <= now)
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0))
    .map(({ timerId, generation }) =>
      ownEvent(call.dialect, now, `timer:${hash22(timerId)}:${generation}`, {
        type: 'timer.fired',
        timerId,
        generation,
      }),
    );
  const lost = unanswered(head, now, policyOf).map(({ actionId }) => {
    const reason = 'no answer came to it, and it must not be sent again';
    return ownEvent(call.dialect, now, `action:${actionId}:unknown`, {
      type: 'action.unknown',
      actionId,
      reason,
    });
  });
  const unwanted = placingsHungUp(head).map(({ actionId }) => {
    const reason = 'the line was hung up before the call was placed';
    return ownEvent(call.dialect, now, `action:${actionId}:failed`, {
      type: 'action.failed',
      actionId,
      reason,
    });
  });
  return [...timers, ...lost, ...unwanted];
}

/** Whether such an event still holds when others were applied before it: what one timer leads to may cancel the next. */
export function stillHolds({ timers }: Pick<CallHead['call'], 'timers'>, event: CallEvent): boolean {
  if (event.type !== 'timer.fired') return true;
  const { timerId, generation } = event;
  return timers.some(
    timer => timer.timerId === timerId && timer.generation === generation && timer.state === 'armed',
  );
}

/** A placing that waits, of which no send can have been carried out, on a call that is to be hung up. */
function placingsHungUp({ call, deliveries }: Pick<CallHead, 'call' | 'deliveries'>): Action[] {
  if (!call.actions.some(action => endsCall(action) && action.state === 'planned')) return [];
  return call.actions.filter(action => {
    const { claimedBy = null, firstSentAt = null } = deliveries[action.actionId] ?? {};
    return isPlacing(action) && action.state === 'planned' && claimedBy === null && firstSentAt === null;
  });
}

/**
 * Actions of which it cannot be found out any more whether they were carried out: a send of theirs is without an
 * answer, and there will not be another, since it may not be repeated or since they were skipped meanwhile.
 */
function unanswered(
  head: Pick<CallHead, 'call' | 'deliveries'>,
  now: EventTime,
  policyOf: PolicyOf,
): Action[] {
  const left = new Set(abandoned(head, now));
  return head.call.actions.filter(
    action =>
      (left.has(action) || wasGivenBack(head, action)) &&
      (action.state === 'skipped' ||
        !mayRepeat(head, action, { now, policy: policyOf(action.kind, head.call.dialect) })),
  );
}

/** Its sender gave it back without an answer. */
function wasGivenBack({ deliveries }: Pick<CallHead, 'deliveries'>, action: Action): boolean {
  const { claimedBy = null, firstSentAt = null } = deliveries[action.actionId] ?? {};
  return !isSettled(action) && claimedBy === null && firstSentAt !== null;
}

/** Whether a request whose outcome nobody knows may be sent again. */
export function mayRepeat(
  { deliveries }: Pick<CallHead, 'deliveries'>,
  { actionId }: { readonly actionId: string },
  { now, policy }: { readonly now: EventTime; readonly policy: Policy },
): boolean {
  if (policy !== 'repeatable') return policy === 'atLeastOnce';
  const firstSentAt = deliveries[actionId]?.firstSentAt ?? now;
  return Date.parse(now) - Date.parse(firstSentAt) < REPEATABILITY_WINDOW_MS;
}

/**
 * An event that Ringback adds by itself.
 *
 * @param fingerprint says what it is about, so that it too counts once; in characters that a row's key can have.
 */
export function ownEvent(
  dialect: CallEvent['dialect'],
  now: EventTime,
  fingerprint: string,
  payload: EventPayload,
): CallEvent {
  return { fingerprint, at: now, receivedAt: now, dialect, wireId: null, ...payload };
}

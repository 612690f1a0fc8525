import { abandoned } from '../actions/claims.ts';
import type { Policy } from '../actions/policy.ts';
import { type Action, type ActionKind, isSettled } from '../domain/action.ts';
import { endOf } from '../domain/call.ts';
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
 * What has become true with time alone: timers that are due, and actions whose sender did not come back and that must
 * not be sent again. Pure; the events are to be applied like any other.
 */
export function overdueEvents(
  head: Pick<CallHead, 'call' | 'deliveries'>,
  { now, policyOf }: { readonly now: EventTime; readonly policyOf: (kind: ActionKind) => Policy },
): CallEvent[] {
  const { call } = head;
  const timers = call.timers
    .filter(({ state, dueAt }) => state === 'armed' && dueAt <= now)
    .map(({ timerId, generation }) =>
      ownEvent(call.dialect, now, `timer:${hash22(timerId)}:${generation}`, {
        type: 'timer.fired',
        timerId,
        generation,
      }),
    );
  const lost = [...unanswered(head, now, policyOf)].map(actionId => {
    const reason = 'no answer came to it, and it must not be sent again';
    return ownEvent(call.dialect, now, `action:${actionId}:unknown`, {
      type: 'action.unknown',
      actionId,
      reason,
    });
  });
  return [...timers, ...lost];
}

/** Actions of which it cannot be found out any more whether they were carried out. */
function unanswered(
  head: Pick<CallHead, 'call' | 'deliveries'>,
  now: EventTime,
  policyOf: (kind: ActionKind) => Policy,
): Set<string> {
  // After the end nothing is sent, nor is what a hang-up skipped: what has no answer by then stays without one.
  const isOver = endOf(head.call) !== null;
  const isDropped = ({ state }: Action) => isOver || state === 'skipped';
  const left = abandoned(head, now).filter(
    action => isDropped(action) || !mayRepeat(head, action, { now, policy: policyOf(action.kind) }),
  );
  const givenBack = head.call.actions.filter(
    action => !isSettled(action) && isDropped(action) && wasGivenBack(head, action),
  );
  return new Set([...left, ...givenBack].map(({ actionId }) => actionId));
}

function wasGivenBack({ deliveries }: Pick<CallHead, 'deliveries'>, { actionId }: Action): boolean {
  const delivery = deliveries[actionId];
  return delivery !== undefined && delivery.claimedBy === null && delivery.firstSentAt !== null;
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

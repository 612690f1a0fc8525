import { released, waitingForLine } from '../actions/claims.ts';
import type { Policy } from '../actions/policy.ts';
import type { ActionResult, Taken } from '../actions/provider.ts';
import { addMilliseconds } from '../clock.ts';
import type { Action } from '../domain/action.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { hash22 } from '../ids/hash22.ts';
import { backOffSeconds } from '../queues/back-off.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CommitRequest } from '../store/commit-plan.ts';
import { mayRepeat, ownEvent } from './overdue.ts';

/** After so many sends an action fails, or stays unknown, however willing everybody is. */
const ATTEMPTS_MAX = 20;

/** What is to be recorded of a send, and when the action should be looked at again. */
export interface Settlement {
  readonly request: CommitRequest;
  readonly retryAt: EventTime | undefined;
}

/** A send that has come back. */
export interface Sent {
  readonly head: CallHead;
  readonly action: Action;
  readonly result: ActionResult;
  readonly policy: Policy;
  readonly now: EventTime;
  /** From 0 up to, not including, 1. */
  readonly random: number;
}

/** Decides what a send came to. Pure. */
export function settle(sent: Sent): Settlement {
  const { head, action, result, policy, now } = sent;
  const { actionId } = action;
  switch (result.kind) {
    case 'done':
      return taken(sent, result);
    case 'refused':
      return givenUp(sent, result.reason);
    case 'notNow':
      return isWornOut(sent) ? givenUp(sent, result.reason) : again(sent, 'no', result);
    case 'unclear':
      return mayRepeat(head, action, { now, policy }) && !isWornOut(sent)
        ? again(sent, 'unclear', result)
        : recorded(sent, 'unknown', { type: 'action.unknown', actionId, reason: result.reason });
  }
}

/** Whom ACS refused on the spot counts as not added, like one of whom it says so later. */
function taken(sent: Sent, { wireId, ids, refused = [] }: Taken): Settlement {
  const { actionId } = sent.action;
  const done = recorded(sent, 'done', {
    type: 'action.done',
    actionId,
    ...(wireId !== undefined && { learnedWireId: wireId }),
    ...(ids !== undefined && { ids }),
  });
  const notAdded = byReason(refused).map(([reason, participants]) =>
    ownEvent(sent.head.call.dialect, sent.now, `action:${actionId}:refused:${hash22(reason)}`, {
      type: 'participant.addFailed',
      operationContext: actionId,
      result: { code: null, subcode: null, message: reason },
      participants,
    }),
  );
  return { ...done, request: { events: [...done.request.events, ...notAdded] } };
}

/** More reasons than that count as the first one: a commit holds 30 events. */
const REASONS_MAX = 20;

function byReason(refused: NonNullable<Taken['refused']>): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const { rawId, reason } of refused) groups.set(reason, [...(groups.get(reason) ?? []), rawId]);
  const [first] = groups.keys();
  if (groups.size <= REASONS_MAX || first === undefined) return [...groups];
  return [[first, refused.map(({ rawId }) => rawId)]];
}

/** A call whose line never comes is looked at after so long; the sweep tells it far sooner. */
const LINE_NET_MS = 600_000;

/** What is to be recorded of an action that was claimed, and found no line free. Pure. */
export function withoutLine(
  { deliveries }: Pick<CallHead, 'deliveries'>,
  { actionId }: Action,
  now: EventTime,
): CommitRequest {
  const delivery = deliveries[actionId];
  if (delivery?.claimedBy == null) throw new RangeError('Only a claimed action can be given back.');
  const waiting = waitingForLine(delivery, addMilliseconds(now, LINE_NET_MS));
  return { events: [], releases: { [actionId]: { claimedBy: delivery.claimedBy, delivery: waiting } } };
}

/** The last send was not carried out, but one before it may have been. */
function givenUp(sent: Sent, reason: string): Settlement {
  const { actionId } = sent.action;
  const delivery = sent.head.deliveries[actionId];
  if (delivery?.claimedBy == null) throw new RangeError('Only a claimed action can be refused.');
  if (delivery.isRepeat) return recorded(sent, 'unknown', { type: 'action.unknown', actionId, reason });
  const failed = recorded(sent, 'failed', { type: 'action.failed', actionId, reason });
  const { events } = failed.request;
  const { claimedBy } = delivery;
  const refusals = Object.fromEntries(events.map(({ fingerprint }) => [claimedBy, fingerprint] as const));
  return { ...failed, request: { events, refusals } };
}

type OutcomeEvent = Extract<
  Parameters<typeof ownEvent>[3],
  { readonly type: 'action.done' | 'action.failed' | 'action.unknown' }
>;

function recorded({ head, action, now }: Sent, outcome: string, payload: OutcomeEvent): Settlement {
  const event: CallEvent = ownEvent(head.call.dialect, now, `action:${action.actionId}:${outcome}`, payload);
  return { request: { events: [event] }, retryAt: undefined };
}

function again(
  { head, action, now, random }: Sent,
  wasCarriedOut: 'no' | 'unclear',
  { reason, retryAfterMs = 0 }: { readonly reason: string; readonly retryAfterMs?: number },
): Settlement {
  const delivery = head.deliveries[action.actionId];
  if (delivery?.claimedBy == null) throw new RangeError('Only a claimed action can be given back.');
  const retryAt = addMilliseconds(now, backOffSeconds(delivery.attempts - 1, random, retryAfterMs) * 1000);
  const waiting = released(delivery, { notBefore: retryAt, wasCarriedOut, reason });
  const release = { claimedBy: delivery.claimedBy, delivery: waiting };
  return { request: { events: [], releases: { [action.actionId]: release } }, retryAt };
}

function isWornOut({ head, action }: Sent): boolean {
  return (head.deliveries[action.actionId]?.attempts ?? 0) >= ATTEMPTS_MAX;
}

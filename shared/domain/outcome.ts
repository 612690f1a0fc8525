import { endsCall, isPlacing, turnsAway } from './action.ts';
import type { Call } from './call.ts';
import { explain } from './reason.ts';
import type { ReasonClass } from './reason-codes.ts';
import { standsForAction } from './request-of.ts';

/** What a call came to. */
export type Outcome =
  | 'answered'
  | 'no-answer'
  | 'busy'
  | 'declined'
  | 'cancelled'
  | 'bad-number'
  | 'blocked'
  | 'dropped'
  | 'failed'
  | 'unknown';

const OUTCOMES: Partial<Record<ReasonClass, Outcome>> = {
  'no-answer': 'no-answer',
  busy: 'busy',
  declined: 'declined',
  cancelled: 'cancelled',
  unreachable: 'no-answer',
  'bad-number': 'bad-number',
  blocked: 'blocked',
  dropped: 'dropped',
  unknown: 'unknown',
};

/**
 * What the call came to; null while it is open. It can still change when a late event proves a connection.
 *
 * The previews give no reason: a call of theirs that ended with nothing to show that it was connected counts as not
 * answered. Of a call that was given up because nothing was heard of it, nothing is known. A call of ours that was never
 * placed has failed, or was cancelled where it was to be hung up before. An action on a conversation is no call, and
 * its operation tells what it came to.
 */
export function outcomeOf(call: Call): Outcome | null {
  if (call.state !== 'disconnected' || standsForAction(call)) return null;
  const reason = explain(call.endReason);
  if (call.wasConnected)
    return reason?.class === 'dropped' || reason?.class === 'network' ? 'dropped' : 'answered';
  if (call.endedAt === null) return 'unknown';
  const away = turnedAwayAs(call);
  if (away !== undefined) return away;
  if (wasNotPlaced(call)) return call.actions.some(endsCall) ? 'cancelled' : 'failed';
  if (reason === null) return 'no-answer';
  return OUTCOMES[reason.class] ?? 'failed';
}

/** What a call came to that came in and was turned away; of one that was sent on, whoever took it knows. */
function turnedAwayAs({ actions, wireId }: Call): Outcome | undefined {
  const action = actions.find(turnsAway);
  if (action === undefined || wireId !== null) return undefined;
  if (action.kind === 'redirectCall' || action.state !== 'done') return 'unknown';
  const { reason } = action.arguments;
  if (reason === 'busy') return 'busy';
  return reason === 'forbidden' ? 'blocked' : 'declined';
}

/** A call of ours that ACS never placed. */
function wasNotPlaced({ actions, wireId }: Call): boolean {
  return wireId === null && actions.some(action => isPlacing(action) && action.state === 'failed');
}

import type { CallEvent } from '../domain/call-event.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CommitRequest } from '../store/commit-plan.ts';

/**
 * Whether an event is to be recorded: all are, but for a refusal. ACS refused one send, and that is the last word about the
 * action only as long as nobody else can have sent it, which is while the claim of the one who was refused stands. When
 * another has taken the action over, it is for that one to tell what came of it. Pure.
 */
export function isBelieved(
  event: CallEvent,
  deliveries: CallHead['deliveries'],
  { refusals = {} }: Pick<CommitRequest, 'refusals'>,
): boolean {
  if (event.type !== 'action.failed') return true;
  const claims = Object.keys(refusals).filter(claim => refusals[claim] === event.fingerprint);
  const standing = deliveries[event.actionId]?.claimedBy ?? null;
  return claims.length === 0 || (standing !== null && claims.includes(standing));
}

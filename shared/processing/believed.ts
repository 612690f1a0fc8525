import type { Call } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { CallHead } from '../store/call-head.ts';
import type { CommitRequest } from '../store/commit-plan.ts';

/**
 * Whether an event is to be recorded, by what is known of its call: all are, but for a refusal that is belied. ACS refused
 * one send, and that is the last word about the action only as long as nobody else can have sent it, which is while the
 * claim of the one who was refused stands. When another has taken the action over, it is for that one to tell what came of
 * it; and when it is known to be done, nothing can make it undone. Pure.
 *
 * @param call undefined before its first event.
 * @param request.refusals as in the request that the event came with.
 */
export function isBelieved(
  event: CallEvent,
  { call, deliveries }: { readonly call: Call | undefined; readonly deliveries: CallHead['deliveries'] },
  { refusals = {} }: Pick<CommitRequest, 'refusals'>,
): boolean {
  if (event.type !== 'action.failed') return true;
  const { actionId, fingerprint } = event;
  if (call?.actions.some(action => action.actionId === actionId && action.state === 'done')) return false;
  const claims = Object.keys(refusals).filter(claim => refusals[claim] === fingerprint);
  const standing = deliveries[actionId]?.claimedBy ?? null;
  return claims.length === 0 || (standing !== null && claims.includes(standing));
}

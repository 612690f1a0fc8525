import type { Action } from '../domain/action.ts';
import { type Call, endOf } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { furthest } from '../domain/call-state.ts';
import { requestOf, standsForAction } from '../domain/request-of.ts';

/**
 * Ends what is about one action on a conversation that we are not in, once there is nothing more to hear of it: it was
 * refused; or somebody was removed, of which ACS tells nothing more; or ACS told how the invitation went.
 */
export function withConversationAction(call: Call, event: CallEvent): Call {
  const action = standsForAction(call) ? requestOf(call) : undefined;
  if (action === undefined || endOf(call) !== null || !isOver(call, action)) return call;
  return { ...call, state: furthest(call.state, 'disconnected'), endedAt: event.at };
}

function isOver({ operations }: Call, { kind, state, actionId }: Action): boolean {
  if (state === 'failed') return true;
  if (kind === 'removeFromConversation') return state === 'done' || state === 'unknown';
  return operations.some(
    ({ operationContext, status }) => operationContext === actionId && status !== 'running',
  );
}

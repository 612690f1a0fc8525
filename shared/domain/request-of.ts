import { requestedActionId } from '../ids/requested-action-id.ts';
import { type Action, isOnConversation } from './action.ts';
import type { Call } from './call.ts';

/** The kinds of actions that begin something: a call of ours, or what stands for an action on a conversation. */
export const BEGINNING_KINDS = [
  'placeCall',
  'joinCall',
  'addToConversation',
  'removeFromConversation',
] as const;

/** The action that something of ours began with. */
export interface BeginningAction extends Action {
  readonly kind: (typeof BEGINNING_KINDS)[number];
}

/** The action that a call of ours began with; undefined for a call that others placed. */
export function requestOf({
  callKey,
  actions,
}: Pick<Call, 'callKey' | 'actions'>): BeginningAction | undefined {
  const beginnings = actions.filter(isBeginning);
  if (beginnings.length === 0) return undefined;
  const actionId = requestedActionId(callKey);
  return beginnings.find(action => action.actionId === actionId);
}

function isBeginning(action: Action): action is BeginningAction {
  return BEGINNING_KINDS.some(kind => kind === action.kind);
}

/**
 * Whether this is no call, and stands for one action on a conversation that we are not in. A call whose flow acts on
 * some conversation stays a call.
 */
export function standsForAction(call: Pick<Call, 'callKey' | 'actions'>): boolean {
  if (!call.actions.some(isOnConversation)) return false;
  const request = requestOf(call);
  return request !== undefined && isOnConversation(request);
}

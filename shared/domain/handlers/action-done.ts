import { settleAction } from '../action.ts';
import type { Handler } from '../handler.ts';
import { presentOn } from '../roster.ts';
import type { Signal } from '../signal.ts';

/**
 * ACS took the request of an action. The first id that the call is known by binds it, whoever told it. Where it says only
 * now who we are on the call, the roster means something else than it did: others are on it, or nobody else is.
 */
export const actionDone: Handler<'action.done'> = (call, event) => {
  const { actionId, ids, learnedWireId = null, at } = event;
  const outcome = { state: 'done' as const, reason: null, ...(ids === undefined ? {} : { ids }) };
  const actions = settleAction(call.actions, actionId, outcome);
  const isShown = call.roster.snapshots.length > 0 && ids?.source !== undefined;
  const wasKnown = call.actions.some(action => action.actionId === actionId && action.ids !== undefined);
  const signals: Signal[] =
    isShown && !wasKnown ? [{ type: 'rosterChanged', at, present: presentOn(call.roster) }] : [];
  return { call: { ...call, wireId: call.wireId ?? learnedWireId, actions }, signals };
};

import { settleAction } from '../action.ts';
import type { Handler } from '../handler.ts';

/** ACS took the request of an action. */
export const actionDone: Handler<'action.done'> = (call, event) => ({
  call: {
    ...call,
    actions: settleAction(call.actions, event.actionId, { state: 'done', reason: null }),
  },
  signals: [],
});

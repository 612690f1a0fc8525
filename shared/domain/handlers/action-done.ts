import { settleAction } from '../action.ts';
import type { Handler } from '../handler.ts';

/** ACS took the request of an action. The first id that the call is known by binds it, whoever told it. */
export const actionDone: Handler<'action.done'> = (call, event) => ({
  call: {
    ...call,
    wireId: call.wireId ?? event.learnedWireId ?? null,
    actions: settleAction(call.actions, event.actionId, {
      state: 'done',
      reason: null,
      ...(event.ids === undefined ? {} : { ids: event.ids }),
    }),
  },
  signals: [],
});

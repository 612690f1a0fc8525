import { settleAction } from '../action.ts';
import type { Handler } from '../handler.ts';

/** Whether ACS took the request of an action cannot be found out. */
export const actionUnknown: Handler<'action.unknown'> = (call, event) => ({
  call: {
    ...call,
    actions: settleAction(call.actions, event.actionId, { state: 'unknown', reason: event.reason }),
  },
  signals: [],
});

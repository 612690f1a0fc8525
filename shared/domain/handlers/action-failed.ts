import { settleAction } from '../action.ts';
import type { Handler } from '../handler.ts';

/** ACS refused the request of an action for good. */
export const actionFailed: Handler<'action.failed'> = (call, event) => ({
  call: {
    ...call,
    actions: settleAction(call.actions, event.actionId, { state: 'failed', reason: event.reason }),
  },
  signals: [],
});

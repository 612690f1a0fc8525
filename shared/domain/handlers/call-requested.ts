import { addActions, plannedAction } from '../action.ts';
import { earliest } from '../event-time.ts';
import type { Handler } from '../handler.ts';

/** A call of ours begins, with the action that is to bring it about. */
export const callRequested: Handler<'call.requested'> = (call, event) => ({
  call: {
    ...call,
    createdAt: earliest(call.createdAt, event.at),
    actions: addActions(call.actions, [plannedAction(event)]),
  },
  signals: [],
});

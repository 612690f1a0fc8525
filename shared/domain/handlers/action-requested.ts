import { addActions, plannedAction } from '../action.ts';
import type { Handler } from '../handler.ts';

/** Somebody asked for an action: it takes its place behind those that are planned. */
export const actionRequested: Handler<'action.requested'> = (call, event) => ({
  call: { ...call, actions: addActions(call.actions, [plannedAction(event)]) },
  signals: [],
});

import { endAction } from '../action-ending.ts';
import type { Handler } from '../handler.ts';

/** Whether ACS took the request of an action cannot be found out. */
export const actionUnknown: Handler<'action.unknown'> = (call, event) => endAction(call, event, 'unknown');

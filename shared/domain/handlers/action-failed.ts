import { endAction } from '../action-ending.ts';
import type { Handler } from '../handler.ts';

/** ACS refused the request of an action for good. */
export const actionFailed: Handler<'action.failed'> = (call, event) => endAction(call, event, 'failed');

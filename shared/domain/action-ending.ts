import { settleAction } from './action.ts';
import type { Call } from './call.ts';
import type { CallEvent } from './call-event.ts';
import type { Handled } from './handler.ts';

/** Applies that an action came to nothing; what was not known before gives a signal. */
export function endAction(
  call: Call,
  { actionId, reason, at }: CallEvent<'action.failed' | 'action.unknown'>,
  state: 'failed' | 'unknown',
): Handled {
  const actions = settleAction(call.actions, actionId, { state, reason });
  const ended = actions.find((action, index) => action !== call.actions[index]);
  const signals =
    ended === undefined
      ? []
      : [{ type: 'actionEnded' as const, at, actionId, kind: ended.kind, state, reason }];
  return { call: { ...call, actions }, signals };
}

import { turnsAway } from '../domain/action.ts';
import { type Call, endOf } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { furthest } from '../domain/call-state.ts';

/**
 * Ends a call that came in and was rejected or redirected: ACS tells nothing more of it. So it does where ACS refused that,
 * since it does not ring any more then, and where nobody knows whether ACS took it.
 */
export function withTurnedAway(call: Call, event: CallEvent): Call {
  const action = call.actions.find(turnsAway);
  if (action === undefined || action.state === 'planned' || endOf(call) !== null) return call;
  return { ...call, state: furthest(call.state, 'disconnected'), endedAt: event.at };
}

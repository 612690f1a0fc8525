import { addMilliseconds } from '../clock.ts';
import { isPlacing, settleAction } from '../domain/action.ts';
import type { Call } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { furthest } from '../domain/call-state.ts';
import { earliest } from '../domain/event-time.ts';
import { armTimer, endTimer } from '../domain/timer.ts';

/** How long a call may stay unheard of after nobody knows whether ACS placed it. */
const UNHEARD_MS = 120_000;

/** Reserved: no flow's timer can have this id. */
export const PLACING = '!placing';

/**
 * Settles what the placing of a call came to. Whoever hears from ACS on the call's own URL knows that it was placed; a
 * call whose placing was refused is over; one that was perhaps placed and is not heard of in two minutes is given up, and
 * not dialled again by itself.
 */
export function withPlacing(call: Call, event: CallEvent): Call {
  const placing = call.actions.find(isPlacing);
  if (placing === undefined) return call;
  if (event.wireId !== null && placing.state !== 'done') {
    const actions = settleAction(call.actions, placing.actionId, { state: 'done', reason: null });
    return { ...call, actions, timers: endTimer(call.timers, PLACING, 'cancelled') };
  }
  if (event.type === 'action.failed' && event.actionId === placing.actionId) {
    // Whatever else was told of it, before or after: so the order does not matter.
    const endedAt = earliest(call.endedAt, event.at);
    return { ...call, state: furthest(call.state, 'disconnected'), endedAt };
  }
  if (call.wireId !== null) return call;
  if (event.type === 'action.unknown' && event.actionId === placing.actionId && placing.state === 'unknown') {
    return {
      ...call,
      timers: armTimer(call.timers, PLACING, addMilliseconds(event.receivedAt, UNHEARD_MS)),
    };
  }
  const isGivenUp = event.type === 'timer.fired' && event.timerId === PLACING;
  return isGivenUp ? { ...call, state: 'disconnected', lostAt: call.lostAt ?? event.at } : call;
}

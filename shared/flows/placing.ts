import { addMilliseconds } from '../clock.ts';
import { type Action, settleAction } from '../domain/action.ts';
import type { Call } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { armTimer, endTimer } from '../domain/timer.ts';

/** How long a call may stay unheard of after nobody knows whether ACS placed it. */
const UNHEARD_MS = 120_000;

/** Reserved: no flow's timer can have this id. */
const TIMER_ID = '!placing';

/**
 * Settles what the placing of a call came to. Whoever hears from ACS on the call's own URL knows that it was placed;
 * a call that was perhaps placed and is not heard of in two minutes is given up, and not dialled again by itself.
 */
export function withPlacing(call: Call, event: CallEvent): Call {
  const placing = call.actions.find(isPlacing);
  if (placing === undefined) return call;
  if (event.wireId !== null && placing.state !== 'done') {
    const actions = settleAction(call.actions, placing.actionId, { state: 'done', reason: null });
    return { ...call, actions, timers: endTimer(call.timers, TIMER_ID, 'cancelled') };
  }
  if (event.type === 'action.unknown' && event.actionId === placing.actionId && placing.state === 'unknown') {
    return {
      ...call,
      timers: armTimer(call.timers, TIMER_ID, addMilliseconds(event.receivedAt, UNHEARD_MS)),
    };
  }
  const isGivenUp = event.type === 'timer.fired' && event.timerId === TIMER_ID && call.wireId === null;
  return isGivenUp ? { ...call, state: 'disconnected', lostAt: call.lostAt ?? event.at } : call;
}

function isPlacing({ kind }: Action): boolean {
  return kind === 'placeCall' || kind === 'joinCall';
}

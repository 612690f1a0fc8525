import type { Handler } from '../handler.ts';
import { endTimer } from '../timer.ts';

/** A timer came due. One that was armed again or cancelled meanwhile is not the one that fired. */
export const timerFired: Handler<'timer.fired'> = (call, event) => {
  const { timerId, generation, at } = event;
  const isLive = call.timers.some(
    timer => timer.timerId === timerId && timer.generation === generation && timer.state === 'armed',
  );
  if (!isLive) return { call, signals: [] };
  return {
    call: { ...call, timers: endTimer(call.timers, timerId, 'fired', generation) },
    signals: [{ type: 'timerFired', at, timerId, generation }],
  };
};

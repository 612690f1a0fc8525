import type { EventTime } from './event-time.ts';

/** Something that is to become true at a time, unless the call moves on before. */
export interface Timer {
  readonly timerId: string;
  /** Counts the armings of this id; only the latest one can fire. */
  readonly generation: number;
  readonly dueAt: EventTime;
  readonly state: 'armed' | 'fired' | 'cancelled';
}

/** Arms a timer; one of the same id that is armed gives way. */
export function armTimer(timers: readonly Timer[], timerId: string, dueAt: EventTime): readonly Timer[] {
  const generation = (timers.find(timer => timer.timerId === timerId)?.generation ?? 0) + 1;
  return [
    ...timers.filter(timer => timer.timerId !== timerId),
    { timerId, generation, dueAt, state: 'armed' },
  ];
}

/** Puts an armed timer out; one that is not armed stays as it is. */
export function endTimer(
  timers: readonly Timer[],
  timerId: string,
  state: 'fired' | 'cancelled',
  generation?: number,
): readonly Timer[] {
  return timers.map(timer =>
    timer.timerId === timerId &&
    timer.state === 'armed' &&
    (generation ?? timer.generation) === timer.generation
      ? { ...timer, state }
      : timer,
  );
}

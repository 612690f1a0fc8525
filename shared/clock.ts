import type { EventTime } from './domain/event-time.ts';

/** Time for the use cases; a simulated one in tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** The clock on the wall. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
};

/** A moment of a clock as the text that event times are compared by. */
export function eventTimeOf(epochMs: number): EventTime {
  return `${new Date(epochMs).toISOString().slice(0, -1)}0000Z` as EventTime;
}

/** A moment so many milliseconds later; the digits below a millisecond are cut off. */
export function addMilliseconds(time: EventTime, ms: number): EventTime {
  return eventTimeOf(Date.parse(time) + ms);
}

/** A moment in milliseconds since 1970; the digits below are cut off. */
export function epochMsOf(time: EventTime): number {
  return Date.parse(time);
}

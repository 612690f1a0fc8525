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

const DAY_MS = 86_400_000;

/** The last moment of a Date: the first of its day, so that the day alone does not tell what is beyond it. */
const LATEST_MS = 8.64e15;

/** How a day begins. */
const MIDNIGHT = '00:00:00.000Z';

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** The day of the moment that was asked for last, as text: the next one mostly lies in it as well. */
let latest = { day: Number.NaN, text: '' };

/**
 * A moment of a clock as the text that event times are compared by.
 *
 * @throws RangeError for a number that no Date can hold.
 */
export function eventTimeOf(epochMs: number): EventTime {
  const wholeMs = Math.trunc(epochMs);
  if (wholeMs > LATEST_MS) throw new RangeError(`${epochMs} ms after 1970 are beyond any Date.`);
  const day = Math.floor(wholeMs / DAY_MS);
  if (day !== latest.day) {
    latest = { day, text: new Date(DAY_MS * day).toISOString().slice(0, -MIDNIGHT.length) };
  }
  return `${latest.text}${timeOfDay(wholeMs - DAY_MS * day)}0000Z` as EventTime;
}

function timeOfDay(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const [hour, minute, second] = [Math.floor(minutes / 60), minutes % 60, seconds % 60];
  const milliseconds = String(ms - 1000 * seconds).padStart(3, '0');
  return `${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second]}.${milliseconds}`;
}

/** A moment so many milliseconds later; the digits below a millisecond are cut off. */
export function addMilliseconds(time: EventTime, ms: number): EventTime {
  return eventTimeOf(Date.parse(time) + ms);
}

/** A moment in milliseconds since 1970; the digits below are cut off. */
export function epochMsOf(time: EventTime): number {
  return Date.parse(time);
}

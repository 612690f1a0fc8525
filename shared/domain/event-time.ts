declare const eventTimeBrand: unique symbol;

/**
 * A moment in UTC as fixed-width text, `2021-05-05T20:08:39.0157964Z`: 28 characters, seven fraction digits.
 *
 * Events carry ticks of 100 ns, which a JavaScript date truncates and a number cannot hold; as text of one width they
 * compare by `<` and `>`. Made by `parseEventTime` in `shared/dialects`, or from a clock by `eventTimeOf`.
 */
export type EventTime = string & { readonly [eventTimeBrand]: true };

/** The earlier of two times; a missing one loses. */
export function earliest(a: EventTime | null, b: EventTime): EventTime {
  return a !== null && a < b ? a : b;
}

/** The later of two times; a missing one loses. */
export function latest(a: EventTime | null, b: EventTime): EventTime {
  return a !== null && a > b ? a : b;
}

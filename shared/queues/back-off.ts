const FIRST_DELAY_SECONDS = 2;
const LONGEST_DELAY_SECONDS = 300;
/** A longer Retry-After is a mistake of the sender (a date of another clock, say); a queue would take 7 days. */
const LONGEST_RETRY_AFTER_SECONDS = 3_600;

/**
 * How long a message waits before it is tried again: 2 s, twice as long each time up to 5 minutes, between half and
 * the whole of it by chance, so that what failed together does not come back together. Never less than the service
 * asked for, up to an hour.
 *
 * @param random from 0 up to, not including, 1.
 */
export function backOffSeconds(attempt: number, random: number, retryAfterMs = 0): number {
  const longest = Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** Math.min(attempt, 20));
  const askedFor = Math.min(LONGEST_RETRY_AFTER_SECONDS, Math.ceil(retryAfterMs / 1000));
  return Math.max(Math.ceil(longest / 2 + (longest / 2) * random), askedFor);
}

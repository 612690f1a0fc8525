import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backOffSeconds } from '../../../shared/queues/back-off.ts';

const ALMOST_ONE = 1 - Number.EPSILON / 2;

describe('backOffSeconds', () => {
  it.each([
    { attempt: 0, least: 1, most: 2 },
    { attempt: 1, least: 2, most: 4 },
    { attempt: 2, least: 4, most: 8 },
    { attempt: 5, least: 32, most: 64 },
    { attempt: 7, least: 128, most: 256 },
    { attempt: 8, least: 150, most: 300 },
    { attempt: 1_000_000, least: 150, most: 300 },
  ])('is $least to $most s before attempt $attempt is repeated', ({ attempt, least, most }) => {
    expect(backOffSeconds(attempt, 0)).toBe(least);
    expect(backOffSeconds(attempt, ALMOST_ONE)).toBe(most);
  });

  it('is never less than the service asked for, and more when it is time for more', () => {
    expect(backOffSeconds(0, 0, 60_001)).toBe(61);
    expect(backOffSeconds(8, 0, 60_000)).toBe(150);
  });

  it('is an hour at most, whatever the service asked for', () => {
    expect(backOffSeconds(0, 0, 365 * 24 * 3_600_000)).toBe(3600);
  });

  it('is a whole number of seconds that a queue takes, always', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.double({ min: 0, max: ALMOST_ONE, noNaN: true }),
        fc.nat(),
        (attempt, random, retryAfterMs) => {
          const seconds = backOffSeconds(attempt, random, retryAfterMs);
          expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600).toBe(true);
        },
      ),
    );
  });
});

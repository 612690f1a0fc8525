import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTimeOf, systemClock } from '../../shared/clock.ts';

describe('eventTimeOf', () => {
  it.each([
    { epochMs: 0, text: '1970-01-01T00:00:00.0000000Z' },
    { epochMs: Date.UTC(2021, 4, 5, 20, 8, 39, 15), text: '2021-05-05T20:08:39.0150000Z' },
  ])('is $text for $epochMs', ({ epochMs, text }) => {
    expect(eventTimeOf(epochMs)).toBe(text);
  });

  it('is what Date makes of any moment that it can hold, with parts of a millisecond cut off', () => {
    const moment = fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true });
    const near = fc.double({ min: Date.UTC(2020, 1, 28), max: Date.UTC(2020, 2, 2), noNaN: true });
    fc.assert(
      fc.property(fc.oneof(moment, near), epochMs => {
        expect(eventTimeOf(epochMs)).toBe(`${new Date(epochMs).toISOString().slice(0, -1)}0000Z`);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 8.64e15 + 1, -8.64e15 - 1])(
    'throws for %d',
    epochMs => {
      expect(() => eventTimeOf(epochMs)).toThrow(RangeError);
    },
  );
});

describe('systemClock', () => {
  it('has gone on by as much as it slept', async () => {
    const startMs = systemClock.now();

    await systemClock.sleep(20);

    // A timer may fire a little early by the clock on the wall.
    expect(systemClock.now() - startMs).toBeGreaterThanOrEqual(18);
  });
});

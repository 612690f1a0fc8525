import { describe, expect, it } from 'vitest';
import { eventTimeOf, systemClock } from '../../shared/clock.ts';

describe('eventTimeOf', () => {
  it.each([
    { epochMs: 0, text: '1970-01-01T00:00:00.0000000Z' },
    { epochMs: Date.UTC(2021, 4, 5, 20, 8, 39, 15), text: '2021-05-05T20:08:39.0150000Z' },
  ])('is $text for $epochMs', ({ epochMs, text }) => {
    expect(eventTimeOf(epochMs)).toBe(text);
  });
});

describe('systemClock', () => {
  it('has gone on by as much as it slept', async () => {
    const startMs = systemClock.now();

    await systemClock.sleep(20);

    // A timer may fire a little early by the clock on the wall.
    expect(systemClock.now() - startMs).toBeGreaterThanOrEqual(18);
  });
});

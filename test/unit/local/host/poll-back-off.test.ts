import { describe, expect, it } from 'vitest';
import { createPollBackOff } from '../../../../local/host/poll-back-off.ts';

describe('createPollBackOff', () => {
  it('doubles what it adds to 100 ms with each empty poll, up to the maximum', () => {
    const backOff = createPollBackOff(2_000, () => 0.5);

    const delays = Array.from({ length: 6 }, () => backOff.nextDelayMs(false));

    expect(delays).toEqual([200, 300, 500, 900, 1_700, 2_000]);
  });

  it('starts again at 100 ms when messages were found', () => {
    const backOff = createPollBackOff(2_000, () => 0.5);
    backOff.nextDelayMs(false);
    backOff.nextDelayMs(false);

    expect([backOff.nextDelayMs(true), backOff.nextDelayMs(false)]).toEqual([100, 200]);
  });

  it.each([
    { random: 0, delayMs: 180 },
    { random: 1, delayMs: 220 },
  ])('spreads the first delay to $delayMs ms when the random number is $random', ({ random, delayMs }) => {
    expect(createPollBackOff(2_000, () => random).nextDelayMs(false)).toBeCloseTo(delayMs);
  });
});

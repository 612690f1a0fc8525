import { describe, expect, it } from 'vitest';
import { maskNumbers } from '../../../shared/telemetry/mask-numbers.ts';

describe('maskNumbers', () => {
  it.each([
    { text: '4:+14255550142', masked: '4:+…42' },
    { text: '{"from":"+14255550142","to":"+4930123456"}', masked: '{"from":"+…42","to":"+…56"}' },
    { text: '+12345', masked: '+…45' },
    { text: 'nothing to hide', masked: 'nothing to hide' },
    { text: '2021-05-05T20:08:39+00:00', masked: '2021-05-05T20:08:39+00:00' },
    { text: '1 + 23456', masked: '1 + 23456' },
  ])('makes $masked of $text', ({ text, masked }) => {
    expect(maskNumbers(text)).toBe(masked);
  });
});

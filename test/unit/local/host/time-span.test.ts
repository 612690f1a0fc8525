import { describe, expect, it } from 'vitest';
import { parseTimeSpanMs } from '../../../../local/host/time-span.ts';

describe('parseTimeSpanMs', () => {
  it.each([
    { text: '00:00:30', ms: 30_000 },
    { text: '00:05', ms: 300_000 },
    { text: '1.02:03:04', ms: 93_784_000 },
    { text: '00:00:00.250', ms: 250 },
    { text: '-00:00:01', ms: -1_000 },
    { text: '30', ms: undefined },
    { text: '00:61:00', ms: undefined },
  ])('gives $ms ms when the text is $text', ({ text, ms }) => {
    expect(parseTimeSpanMs(text)).toBe(ms);
  });
});

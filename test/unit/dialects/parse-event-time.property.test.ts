import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEventTime } from '../../../shared/dialects/parse-event-time.ts';

const FIRST_MS = Date.UTC(1900, 0, 1);
const LAST_MS = Date.UTC(2200, 0, 1);

/** A moment to 100 ns, and one of the ways to write it. */
const writtenMoment = fc
  .record({
    ms: fc.integer({ min: FIRST_MS, max: LAST_MS }),
    ticks: fc.integer({ min: 0, max: 9999 }),
    offsetMinutes: fc.integer({ min: -14 * 60, max: 14 * 60 }),
    beyond: fc.constantFrom('', '0', '49', '999'),
    colon: fc.constantFrom('', ':'),
  })
  .map(({ ms, ticks, offsetMinutes, beyond, colon }) => {
    const local = new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, -1);
    const tail = String(ticks).padStart(4, '0');
    const [sign, minutes] = offsetMinutes < 0 ? ['-', -offsetMinutes] : ['+', offsetMinutes];
    const offset = [Math.floor(minutes / 60), minutes % 60].map(part => String(part).padStart(2, '0'));
    return {
      moment: BigInt(ms) * 10_000n + BigInt(ticks),
      text: `${local}${tail}${beyond}${sign}${offset.join(colon)}`,
      utc: `${new Date(ms).toISOString().slice(0, -1)}${tail}Z`,
    };
  });

describe('parseEventTime', () => {
  it('gives the same moment in UTC, 28 characters wide, whatever the offset and the digits', () => {
    fc.assert(
      fc.property(writtenMoment, ({ text, utc }) => {
        const time = parseEventTime(text);

        expect(time).toBe(utc);
        expect(time).toHaveLength(28);
        expect(parseEventTime(time ?? '')).toBe(time);
      }),
    );
  });

  it('keeps the order of moments', () => {
    fc.assert(
      fc.property(writtenMoment, writtenMoment, (a, b) => {
        const [first = '', second = ''] = [parseEventTime(a.text), parseEventTime(b.text)];

        expect(first < second).toBe(a.moment < b.moment);
        expect(first === second).toBe(a.moment === b.moment);
      }),
    );
  });

  it('gives 28 characters or nothing for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.date({ noInvalidDate: true }).map(String)), text => {
        expect([28, undefined]).toContain(parseEventTime(text)?.length);
      }),
    );
  });
});

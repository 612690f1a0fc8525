import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactly } from '../../../shared/json/parse-exactly.ts';

describe('parseExactly', () => {
  it.each<readonly [string, unknown]>([
    ['{"n":9007199254740991}', { n: 9_007_199_254_740_991 }],
    ['{"n":9007199254740992}', { n: '9007199254740992' }],
    ['{"n":-9007199254740993}', { n: '-9007199254740993' }],
    ['[12345678901234567890, 1]', ['12345678901234567890', 1]],
    ['{"a":\n12345678901234567890}', { a: '12345678901234567890' }],
    ['12345678901234567890', 12_345_678_901_234_567_000],
    ['{"n":1e400}', { n: '1e400' }],
    ['{"n":-1.5E+999}', { n: '-1.5E+999' }],
    ['{"n":1e21}', { n: 1e21 }],
    ['{"n":0.12345678901234567890}', { n: 0.123_456_789_012_345_68 }],
    ['{"n":49.728617199999995}', { n: 49.728_617_199_999_995 }],
    ['{"n":"12345678901234567890"}', { n: '12345678901234567890' }],
    ['{"a":1,"a":12345678901234567890}', { a: '12345678901234567890' }],
    ['{"__proto__":{"n":12345678901234567890}}', JSON.parse('{"__proto__":{"n":"12345678901234567890"}}')],
  ])('makes of %s %j', (text, expected) => {
    expect(parseExactly(text)).toStrictEqual(expected);
  });

  it.each(['', '{', '{"n":12345678901234567890', '[1e400', '{"a":1}x'])('throws for %j', text => {
    expect(() => parseExactly(text)).toThrow(SyntaxError);
  });

  it('makes of any other JSON what the platform makes of it', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        fc.pre(!/\d{16}/.test(text));
        expect(parseExactly(text)).toStrictEqual(JSON.parse(text));
      }),
    );
  });
});

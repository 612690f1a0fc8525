import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDeeperThan } from '../../../shared/http/json-depth.ts';

describe('isDeeperThan', () => {
  it.each(['1', '"[[["', '"\\"[{"', '"\\\\"'])('finds no depth in %s', json => {
    expect(isDeeperThan(json, 0)).toBe(false);
  });

  it.each([
    ['[]', 1],
    ['{"a":{"b":[]}}', 3],
    ['[[],[],[]]', 2],
    ['{"]":"}","a\\"[":[]}', 2],
  ])('finds %s to be %i deep', (json, depth) => {
    expect(isDeeperThan(json, depth)).toBe(false);
    expect(isDeeperThan(json, depth - 1)).toBe(true);
  });

  it('agrees with the parsed value, whatever the value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.integer({ min: 0, max: 10 }), (json, limit) => {
        expect(isDeeperThan(json, limit)).toBe(depthOf(JSON.parse(json)) > limit);
      }),
    );
  });

  it('agrees with the parsed value when strings are full of quotes, backslashes and brackets', () => {
    const nasty = fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', 'n'), maxLength: 12 });
    const value = fc.letrec(tie => ({
      node: fc.oneof({ depthSize: 'small' }, nasty, fc.array(tie('node')), fc.dictionary(nasty, tie('node'))),
    })).node;
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 6 }), (node, limit) => {
        expect(isDeeperThan(JSON.stringify(node), limit)).toBe(depthOf(node) > limit);
      }),
    );
  });

  it.each([
    ['a string that never ends', `"${'['.repeat(10)}`, false],
    ['closing brackets first', ']]]][[', false],
    ['brackets that never close', '['.repeat(4), true],
  ])('says something sensible of %s', (_, text, deeper) => {
    expect(isDeeperThan(text, 3)).toBe(deeper);
  });

  it.each([
    ['one long string of escapes', `"${'\\n'.repeat(500_000)}"`, false],
    ['a million opening brackets', '['.repeat(1_000_000), true],
    ['a million quotes', '"'.repeat(1_000_000), false],
    ['a million backslashes behind a quote', `"${'\\'.repeat(1_000_000)}`, false],
    ['an escaped quote, over and over', '\\"'.repeat(500_000), false],
  ])('takes a body of %s in its stride', (_, text, deeper) => {
    expect(isDeeperThan(text, 32)).toBe(deeper);
  });
});

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../shared/dialects/canonical-json.ts';

describe('canonicalJson', () => {
  it.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: null, b: undefined, c: 0 }, '{"c":0}'],
    [{ a: { c: [{ z: 1, y: null }], b: '' } }, '{"a":{"b":"","c":[{"z":1}]}}'],
    [[2, null, 1], '[2,null,1]'],
    [null, 'null'],
    [undefined, 'null'],
    ['text', '"text"'],
    [false, 'false'],
    [{}, '{}'],
    [JSON.parse('{"b":1,"__proto__":{"y":1,"x":2}}'), '{"__proto__":{"x":2,"y":1},"b":1}'],
  ])('writes %j as %s', (value: unknown, json) => {
    expect(canonicalJson(value)).toBe(json);
  });

  it('writes any text and any key as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, text) => {
        expect(canonicalJson(text)).toBe(JSON.stringify(text));
        expect(canonicalJson([{ [key]: text }])).toBe(JSON.stringify([{ [key]: text }]));
      }),
    );
    for (const text of ['\ud800', 'a\udfffb', '\u2028', '"\\\n\u0000\u007f'])
      expect(canonicalJson(text)).toBe(JSON.stringify(text));
  });

  it('tells apart what differs', () => {
    const values = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: { '0': 1 } }, { b: 1 }, {}, [], [{}], '', 0];

    expect(new Set(values.map(canonicalJson)).size).toBe(values.length);
  });

  it('is equal for any order of keys, and for nulls sent or left out', () => {
    const members = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(members, fc.array(fc.string()), fc.infiniteStream(fc.nat()), (object, absent, numbers) => {
        const rank = () => Number(numbers.next().value);
        const isNew = (key: string) => !Object.hasOwn(object, key);
        const padded = [...Object.entries(object), ...absent.filter(isNew).map(key => [key, null] as const)];
        const shuffled = padded
          .map(entry => ({ entry, rank: rank() }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ entry }) => entry);

        expect(canonicalJson(Object.fromEntries(shuffled))).toBe(canonicalJson(object));
      }),
    );
  });

  it('is JSON of the same content but for nulls', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });
});

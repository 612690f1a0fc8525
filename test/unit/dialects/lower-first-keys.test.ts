import { describe, expect, it } from 'vitest';
import { lowerFirstKeys, pointerInto } from '../../../shared/dialects/lower-first-keys.ts';

describe('lowerFirstKeys', () => {
  it.each<readonly [unknown, unknown]>([
    [
      { CallLegId: 'a', ToneInfo: { SequenceId: 1 } },
      { callLegId: 'a', toneInfo: { sequenceId: 1 } },
    ],
    [{ Participants: [{ IsMuted: true }, null, 'X'] }, { participants: [{ isMuted: true }, null, 'X'] }],
    [{ CallLegId: 'large', callLegId: 'small' }, { callLegId: 'small' }],
    [{ callLegId: 'small', CallLegId: 'large' }, { callLegId: 'small' }],
    [
      { URL: 1, '': 2, '1': 3 },
      { uRL: 1, '': 2, '1': 3 },
    ],
    ['Text', 'Text'],
    [null, null],
    [7, 7],
  ])('makes of %j %j', (value, expected) => {
    expect(lowerFirstKeys(value)).toStrictEqual(expected);
  });

  it('lowers keys of any number and length, in every call', () => {
    const keys = Array.from({ length: 1_200 }, (_, number) => `Key${number}${'x'.repeat(number % 90)}`);
    const element = Object.fromEntries(keys.map(key => [key, key]));
    const lowered = Object.fromEntries(keys.map(key => [`k${key.slice(1)}`, key]));

    expect(lowerFirstKeys(element)).toStrictEqual(lowered);
    expect(lowerFirstKeys(element)).toStrictEqual(lowered);
  });

  it('leaves the original as it was', () => {
    const original = { Data: { Tone: 'Tone1' } };

    lowerFirstKeys(original);

    expect(original).toStrictEqual({ Data: { Tone: 'Tone1' } });
  });

  it('makes a member named __proto__ a member like any other', () => {
    const copy = lowerFirstKeys(JSON.parse('{"__proto__":{"IsAdmin":true}}'));

    expect(Object.keys(copy as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });
});

describe('pointerInto', () => {
  const original = {
    data: { ToneInfo: { SequenceId: 1 }, Participants: [{ Identifier: {} }], 'a/b': { 'c~d': 1 } },
    eventTime: null,
  };

  it.each<readonly [readonly PropertyKey[], string]>([
    [[], ''],
    [['eventTime'], '/eventTime'],
    [['data', 'toneInfo', 'sequenceId'], '/data/ToneInfo/SequenceId'],
    [['data', 'toneInfo', 'tone'], '/data/ToneInfo/Tone'],
    [['data', 'participants', 0, 'identifier', 'rawId'], '/data/Participants/0/Identifier/rawId'],
    [['data', 'participants', 1, 'identifier'], '/data/Participants/1/identifier'],
    [['data', 'a/b', 'c~d'], '/data/a~1b/c~0d'],
    [['id'], '/id'],
    [['eventTime', 'below'], '/eventTime/below'],
  ])('spells %j as %j', (path, pointer) => {
    expect(pointerInto(original, path)).toBe(pointer);
  });

  it('prefers the key in small letters when both are there, as the copy does', () => {
    expect(pointerInto({ Tone: 1, tone: 2 }, ['tone'])).toBe('/tone');
  });
});

import { describe, expect, it } from 'vitest';
import { callKeyOf, isCallKey } from '../../../shared/ids/call-key.ts';

describe('isCallKey', () => {
  it.each(['c01J8ZQ4Y7X2M5N9P3R6T1V8W0', 'x', '7', 'a-b_c', 'A'.repeat(64)])('is true for %s', text => {
    expect(isCallKey(text)).toBe(true);
  });

  it.each([
    '',
    '-a',
    '_a',
    'a b',
    'a/b',
    'a\\b',
    'a#b',
    'a?b',
    'a%2Fb',
    // What is signed where the URL names no call: as a key it would be signed as well.
    'callbacks',
    '..',
    '!',
    'ä',
    'a\n',
    'A'.repeat(65),
  ])('is false for %j', text => {
    expect(isCallKey(text)).toBe(false);
  });
});

describe('callKeyOf', () => {
  it('is a call key that is the same for the same id and no other', () => {
    const ids = ['', 'leg-1', 'leg-2', 'LEG-1', 'a/b#c?d', '\ud800', '\ud801', 'x'.repeat(10_000)];
    const keys = ids.map(callKeyOf);

    expect(keys).toEqual(ids.map(callKeyOf));
    expect(new Set(keys).size).toBe(ids.length);
    for (const key of keys) expect(isCallKey(key)).toBe(true);
  });

  it('stays what it was for calls that are stored already', () => {
    expect(callKeyOf('531f3600-481f-41c8-8a75-2c8ba5a1a1a1')).toBe('xofWimKq84Fncj5-glRTCnS');
  });
});

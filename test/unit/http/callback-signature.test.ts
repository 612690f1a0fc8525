import { describe, expect, it } from 'vitest';
import { isAuthentic, isKey, signCallback } from '../../../shared/http/callback-signature.ts';

describe('signCallback', () => {
  it('is HMAC-SHA256 in base64url, as the second test case of RFC 4231 has it', () => {
    const digest = Buffer.from(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      'hex',
    ).toString('base64url');

    expect(signCallback('Jefe', 'what do ya want for nothing?')).toBe(digest);
  });

  it('signs the word callbacks when there is no call key', () => {
    expect(signCallback('secret', undefined)).toBe(signCallback('secret', 'callbacks'));
  });

  it('fits a URL without encoding', () => {
    for (let n = 0; n < 50; n++) expect(signCallback('secret', `c${n}`)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});

describe('isAuthentic', () => {
  const sig = signCallback('new', 'c1');

  it.each([
    ['the current secret made it', sig, 'c1', ['new', 'old'], true],
    ['the previous secret made it', signCallback('old', 'c1'), 'c1', ['new', 'old'], true],
    ['another secret made it', signCallback('other', 'c1'), 'c1', ['new', 'old'], false],
    ['it is that of another call', sig, 'c2', ['new'], false],
    ['it is a call’s where the URL has none', sig, undefined, ['new'], false],
    ['it is that of no call where the URL has one', signCallback('new', undefined), 'c1', ['new'], false],
    ['it is cut short', sig.slice(0, -1), 'c1', ['new'], false],
    ['it is padded', `${sig}=`, 'c1', ['new'], false],
    ['it is empty', '', 'c1', ['new'], false],
    ['it is missing', null, 'c1', ['new'], false],
    ['no secret is set', sig, 'c1', [], false],
    ['it is missing and no secret is set', null, undefined, [], false],
  ])('tells rightly when %s', (_, given, callKey, secrets, authentic) => {
    expect(isAuthentic(given, callKey, secrets)).toBe(authentic);
  });
});

describe('isKey', () => {
  it.each([
    ['the key', 'k', 'k', true],
    ['another', 'x', 'k', false],
    ['none', null, 'k', false],
    ['an empty one', '', 'k', false],
    ['one where none is expected', 'k', undefined, false],
    ['none where none is expected', null, undefined, false],
    ['an empty one where none is expected', '', undefined, false],
  ])('takes %s or not', (_, given, expected, isGood) => {
    expect(isKey(given, expected)).toBe(isGood);
  });
});

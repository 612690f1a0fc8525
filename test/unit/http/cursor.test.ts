import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../shared/http/cursor.ts';

describe('encodeCursor', () => {
  it('makes a text that fits a URL and gives the place back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (list, at) => {
        const cursor = encodeCursor(list, at);

        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(list, cursor)).toBe(at);
      }),
    );
  });
});

describe('decodeCursor', () => {
  it('gives nothing when the cursor is of another list', () => {
    expect(decodeCursor('calls ["open"]', encodeCursor('calls [null]', '7'))).toBeUndefined();
  });

  it.each([
    ['is empty', ''],
    ['is no base64url', '!!!'],
    ['is no JSON', Buffer.from('{').toString('base64url')],
    ['is of a later version', Buffer.from('{"v":2,"of":"list","at":"7"}').toString('base64url')],
    ['lacks its place', Buffer.from('{"v":1,"of":"list"}').toString('base64url')],
  ])('gives nothing when the text %s', (_, cursor) => {
    expect(decodeCursor('list', cursor)).toBeUndefined();
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), text => decodeCursor('list', text) === undefined));
  });
});

import { describe, expect, it } from 'vitest';
import { decodeMessageText } from '../../../../local/host/queue-message-text.ts';

const NOT_UTF8 = Buffer.from([0xff, 0xfe, 0x00, 0x41]);

describe('decodeMessageText', () => {
  it('gives the text when base64 of UTF-8 is expected and there', () => {
    const raw = Buffer.from('{"이름":1}').toString('base64');

    expect(decodeMessageText(raw, { messageEncoding: 'base64', binary: false })).toEqual({
      string: '{"이름":1}',
    });
  });

  it('keeps a byte order mark, as the real host does', () => {
    const raw = Buffer.from('\uFEFF{}').toString('base64');

    expect(decodeMessageText(raw, { messageEncoding: 'base64', binary: false })).toEqual({
      string: '\uFEFF{}',
    });
  });

  it.each([
    { what: 'JSON', raw: '{"kind":"raw"}' },
    { what: 'base64 without its padding', raw: 'YQ' },
    { what: 'base64url', raw: '_-8=' },
    { what: 'base64 of bytes that are not UTF-8', raw: NOT_UTF8.toString('base64') },
  ])('throws when the message is $what', ({ raw }) => {
    expect(() => decodeMessageText(raw, { messageEncoding: 'base64', binary: false })).toThrow();
  });

  it('gives any bytes when the function wants binary data', () => {
    const raw = NOT_UTF8.toString('base64');

    expect(decodeMessageText(raw, { messageEncoding: 'base64', binary: true })).toEqual({ bytes: NOT_UTF8 });
  });

  it('takes the text as it is when the encoding is none', () => {
    expect(decodeMessageText('plain', { messageEncoding: 'none', binary: false })).toEqual({
      string: 'plain',
    });
  });
});

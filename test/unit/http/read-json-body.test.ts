import { describe, expect, it } from 'vitest';
import { readBody, readJsonBody } from '../../../shared/http/read-json-body.ts';

const LIMIT_BYTES = 100;

/** Reads a body that comes with these headers; none counts as one without a length. */
function read(body: string | Uint8Array, headers: Record<string, string> = {}, reads = readJsonBody) {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const arrayBuffer = async () => new Uint8Array(bytes).buffer;
  return reads({ headers: new Headers(headers), arrayBuffer }, LIMIT_BYTES);
}

describe('readBody', () => {
  it.each([
    [{ 'content-type': 'text/plain' }],
    [{ 'content-type': 'text/plain; charset=utf-8' }],
    [{ 'content-type': 'application/octet-stream' }],
    [{ 'content-type': 'application/x-www-form-urlencoded' }],
    [{ 'content-type': 'text/html; charset=iso-8859-1' }],
    [{ 'content-type': 'nonsense' }],
    [{ 'content-type': '' }],
    [{}],
  ])('gives the text whatever its type is: %j', async headers => {
    expect(await read('{"name":"Ü"}', headers, readBody)).toEqual({ ok: true, text: '{"name":"Ü"}' });
  });

  it.each([
    ['it is compressed', '{}', { 'content-encoding': 'gzip' }, 415, 'unsupported-media-type'],
    ['it is too long', 'x'.repeat(101), {}, 413, 'too-large'],
    ['it came in chunks', '', { 'transfer-encoding': 'chunked' }, 411, 'length-required'],
    ['it is empty', '', { 'content-length': '0' }, 400, 'empty-body'],
    ['it is UTF-16', Buffer.from('\uFEFF{"n":"Ü"}', 'utf16le'), {}, 400, 'invalid-json'],
    ['it is Latin-1', Buffer.from('{"n":"Ü"}', 'latin1'), {}, 400, 'invalid-json'],
  ])('gives a problem when %s', async (_, body, headers, status, name) => {
    expect(await read(body, headers, readBody)).toMatchObject({
      ok: false,
      problem: { status, type: `urn:ringback:problem:${name}` },
    });
  });
});

describe('readJsonBody', () => {
  it.each([
    ['no content type is given', {}],
    ['it is application/json', { 'content-type': 'application/json' }],
    ['it has a charset', { 'content-type': 'Application/JSON; charset=utf-8' }],
    ['it is CloudEvents', { 'content-type': 'application/cloudevents+json' }],
    ['it is a batch of CloudEvents', { 'content-type': 'application/cloudevents-batch+json' }],
    ['it is not encoded', { 'content-encoding': 'identity' }],
  ])('gives the text when %s', async (_, headers) => {
    expect(await read('{"name":"Ü"}', headers)).toEqual({ ok: true, text: '{"name":"Ü"}' });
  });

  it('leaves a byte order mark out', async () => {
    expect(await read('\uFEFF[]')).toEqual({ ok: true, text: '[]' });
  });

  it('takes a body of exactly the limit', async () => {
    expect(await read('x'.repeat(LIMIT_BYTES), { 'content-length': String(LIMIT_BYTES) })).toMatchObject({
      ok: true,
    });
  });

  it.each([
    ['it is text', 'hello', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    ['its type is empty', '{}', { 'content-type': '' }, 415, 'unsupported-media-type'],
    [
      'it only sounds like JSON',
      '{}',
      { 'content-type': 'application/jsonp' },
      415,
      'unsupported-media-type',
    ],
    ['it is compressed', '{}', { 'content-encoding': 'gzip' }, 415, 'unsupported-media-type'],
    ['its declared length is above the limit', '{}', { 'content-length': '101' }, 413, 'too-large'],
    ['it is longer than declared', 'x'.repeat(101), { 'content-length': '2' }, 413, 'too-large'],
    ['it is empty and its length is not given', '', {}, 411, 'length-required'],
    ['it came in chunks', '', { 'transfer-encoding': 'chunked' }, 411, 'length-required'],
    ['it is empty', '', { 'content-length': '0' }, 400, 'empty-body'],
    ['it is no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), {}, 400, 'invalid-json'],
    ['a character is cut in two', Buffer.from('Ü').subarray(0, 1), {}, 400, 'invalid-json'],
  ])('gives a problem when %s', async (_, body, headers, status, name) => {
    expect(await read(body, headers)).toMatchObject({
      ok: false,
      problem: { status, type: `urn:ringback:problem:${name}` },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { signatureFault } from '../../../../local/emulator/http/verify-signature.ts';
import { signatureHeaders } from '../../../support/emulator/sign-request.ts';

const ACCESS_KEY = Buffer.from('key').toString('base64');
const NOW = new Date('2021-05-05T20:08:39Z');
const BODY = '{"loop":true}';

function signed(changes: Record<string, string | undefined> = {}, body = BODY) {
  const url = new URL('http://127.0.0.1:7080/calling/calls/a%20b/PlayAudio?api-version=2021-04-15-preview1');
  const signature = signatureHeaders({ method: 'POST', url, body: BODY, accessKey: ACCESS_KEY, date: NOW });
  return {
    method: 'POST',
    pathAndQuery: `${url.pathname}${url.search}`,
    headers: { host: url.host, ...signature, ...changes },
    body: Buffer.from(body),
  };
}

function fault(request: ReturnType<typeof signed>, key = 'key', nowMs = NOW.getTime()) {
  return signatureFault(request, Buffer.from(key), nowMs);
}

describe('signatureFault', () => {
  it('finds nothing wrong with what the key of the connection string signed', () => {
    expect(fault(signed())).toBeUndefined();
    expect(fault(signed(), 'key', NOW.getTime() + 4 * 60_000)).toBeUndefined();
  });

  it.each([
    { name: 'another key', request: signed(), key: 'other', message: 'does not match' },
    {
      name: 'another path',
      request: { ...signed(), pathAndQuery: '/calling/calls' },
      message: 'does not match',
    },
    { name: 'another method', request: { ...signed(), method: 'DELETE' }, message: 'does not match' },
    { name: 'another host', request: signed({ host: '127.0.0.1:1' }), message: 'does not match' },
    { name: 'another body', request: signed({}, '{}'), message: 'not the hash of the body' },
    { name: 'an old date', request: signed(), nowMs: NOW.getTime() + 6 * 60_000, message: 'minutes off' },
    { name: 'a date to come', request: signed(), nowMs: NOW.getTime() - 6 * 60_000, message: 'minutes off' },
    { name: 'a date in another form', request: signed({ 'x-ms-date': 'soon' }), message: 'is not a date' },
    { name: 'no date', request: signed({ 'x-ms-date': undefined }), message: 'x-ms-date' },
    { name: 'no signature', request: signed({ authorization: undefined }), message: 'is missing' },
    { name: 'a token', request: signed({ authorization: 'Bearer token' }), message: 'not HMAC-SHA256' },
    {
      name: 'other signed headers',
      request: signed({ authorization: 'HMAC-SHA256 SignedHeaders=date;host&Signature=abc' }),
      message: 'signed headers are not',
    },
  ])('names what is wrong with $name', ({ request, key, nowMs, message }) => {
    expect(fault(request, key, nowMs)).toContain(message);
  });
});

import { generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BearerTokens } from '../../../shared/http/bearer-tokens.ts';
import type { LogEvent } from '../../../shared/telemetry/log-event.ts';
import { TokenIssuer } from '../../support/token-issuer.ts';

let issuer: TokenIssuer;
let tokens: BearerTokens;
let logged: LogEvent[];

beforeEach(async () => {
  issuer = await TokenIssuer.start();
  logged = [];
  tokens = new BearerTokens(issuer.settings, event => logged.push(event));
});

afterEach(() => issuer.stop());

const bearer = (token: string) => `Bearer ${token}`;

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function hs256(secret: string): Promise<string> {
  return new SignJWT({ iss: issuer.url, aud: issuer.audience, exp: Math.floor(Date.now() / 1000) + 300 })
    .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
    .sign(new TextEncoder().encode(secret));
}

/** Every attack with the header that it comes in. */
async function attacks(): Promise<Readonly<Record<string, string | null>>> {
  const good = await issuer.token();
  const [header = '', payload = '', signature = ''] = good.split('.');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer.url, aud: issuer.audience, exp: now + 300 };
  const strangers = await generateKeyPair('RS256', { extractable: true });
  return {
    'no header': null,
    'an empty header': '',
    'another scheme': `Basic ${good}`,
    'a token without the scheme': good,
    'two tokens': `Bearer ${good},Bearer ${good}`,
    'no token at all': 'Bearer ',
    'half a token': bearer(good.slice(0, good.length / 2)),
    'what is no token': bearer('...'),
    'alg none': bearer(`${base64url({ alg: 'none', kid: 'key-1' })}.${base64url(claims)}.`),
    'alg None': bearer(`${base64url({ alg: 'None', kid: 'key-1' })}.${base64url(claims)}.`),
    'HS256 with the public key': bearer(await hs256(await issuer.publicKeyText())),
    'RS512 with the right key': bearer(await issuer.token({ alg: 'RS512' })),
    'PS256 with the right key': bearer(await issuer.token({ alg: 'PS256' })),
    'a token for ever': bearer(await issuer.token({ expires: null })),
    'no signature': bearer(`${header}.${payload}.`),
    'another payload under the signature': bearer(
      `${header}.${base64url({ ...claims, more: 1 })}.${signature}`,
    ),
    'a header that is no object': bearer(`${base64url('x')}.${payload}.${signature}`),
    "a stranger's key under a known name": bearer(await issuer.token({ signedBy: strangers.privateKey })),
    'a wrong audience': bearer(await issuer.token({ claims: { aud: 'somebody-else' } })),
    'no audience': bearer(await issuer.token({ claims: { aud: [] } })),
    'a wrong issuer': bearer(await issuer.token({ claims: { iss: 'https://issuer.example' } })),
    'an expired token': bearer(await issuer.token({ expires: -60 })),
    'a token that is not valid yet': bearer(await issuer.token({ notBefore: 120 })),
    'an unknown key': bearer(await issuer.token({ kid: 'key-9' })),
    'a claim that is no time': bearer(
      await issuer.token({ claims: { exp: 'never' as never }, expires: null }),
    ),
    'a critical extension': bearer(
      `${base64url({ alg: 'RS256', kid: 'key-1', crit: ['b64'], b64: false })}.${payload}.${signature}`,
    ),
    'a key of its own': bearer(
      `${base64url({ alg: 'RS256', jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } })}.${payload}.${signature}`,
    ),
    'an address for keys': bearer(
      `${base64url({ alg: 'RS256', jku: 'http://127.0.0.1:1/', kid: '../key-1' })}.${payload}.${signature}`,
    ),
    'two algorithms': bearer(`${base64url({ alg: ['RS256'], kid: 'key-1' })}.${payload}.${signature}`),
    'a name that is no text': bearer(`${base64url({ alg: 'RS256', kid: 1 })}.${payload}.${signature}`),
    'an encrypted token': bearer(`${base64url({ alg: 'RSA-OAEP', enc: 'A256GCM', kid: 'key-1' })}.a.b.c.d`),
    'no claims': bearer(`${header}.${base64url(null)}.${signature}`),
    'an oversized token': bearer(await issuer.token({ claims: { filling: 'x'.repeat(20_000) } })),
  };
}

describe('BearerTokens', () => {
  it('lets a good token pass, for any of the audiences', async () => {
    const both = [await issuer.token(), await issuer.token({ claims: { aud: ['x', 'another'] } })];

    for (const token of both) expect(await tokens.refusalOf(bearer(token))).toBeUndefined();
    expect(await tokens.refusalOf(`bearer  ${both[0]} `)).toBeUndefined();
    expect(issuer.fetches).toBe(1);
    expect(logged).toEqual([]);
  });

  it('refuses every attack with 401 and one fetch of the keys, and lets a good token pass after them', async () => {
    for (const [name, authorization] of Object.entries(await attacks())) {
      expect(await tokens.refusalOf(authorization), name).toMatchObject({
        status: 401,
        type: 'urn:ringback:problem:invalid-token',
      });
    }

    expect(await tokens.refusalOf(bearer(await issuer.token()))).toBeUndefined();
    expect(issuer.fetches).toBe(1);
  });

  it('allows for clocks that differ by seconds', async () => {
    expect(await tokens.refusalOf(bearer(await issuer.token({ expires: -10 })))).toBeUndefined();
    expect(await tokens.refusalOf(bearer(await issuer.token({ notBefore: 10 })))).toBeUndefined();
  });

  it('says in the log which audience a token is for, and never the token', async () => {
    const token = await issuer.token({ claims: { aud: 'somebody-else' } });

    await tokens.refusalOf(bearer(token));

    expect(logged).toMatchObject([
      {
        name: 'tokenRefused',
        fields: { reason: 'ERR_JWT_CLAIM_VALIDATION_FAILED', audience: '"somebody-else"' },
      },
    ]);
    expect(JSON.stringify(logged)).not.toContain(token.slice(0, 40));
  });

  it('fetches the keys once for all requests that wait for them', async () => {
    let release = () => {};
    issuer.hold = new Promise(resolve => {
      release = resolve;
    });
    const token = await issuer.token();
    const all = Promise.all(Array.from({ length: 50 }, () => tokens.refusalOf(bearer(token))));

    release();

    expect((await all).filter(refusal => refusal !== undefined)).toEqual([]);
    expect(issuer.fetches).toBe(1);
  });

  it.each([
    ['an error', { status: 500, body: 'down' }],
    ['no JSON', { status: 200, body: '<html>' }],
    ['no keys', { status: 200, body: '{"hello":"world"}' }],
    ['a redirection', { status: 302, body: '' }],
  ])('answers 503 while the keys are %s, and goes on once they are there', async (_, fault) => {
    const token = bearer(await issuer.token());
    issuer.fault = fault;
    const refused = await tokens.refusalOf(token);
    issuer.fault = undefined;

    expect(refused).toMatchObject({
      status: 503,
      type: 'urn:ringback:problem:keys-unavailable',
      retryAfterSeconds: 5,
    });
    expect(await tokens.refusalOf(token)).toBeUndefined();
    expect(logged).toMatchObject([{ name: 'tokenKeysUnavailable', level: 'error' }]);
  });

  it('answers 503 when nobody listens where the keys are', async () => {
    const token = bearer(await issuer.token());
    await issuer.stop();

    expect(await tokens.refusalOf(token)).toMatchObject({ status: 503 });
  });
});

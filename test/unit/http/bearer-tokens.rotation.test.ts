import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BearerTokens } from '../../../shared/http/bearer-tokens.ts';
import { TokenIssuer } from '../../support/token-issuer.ts';

let issuer: TokenIssuer;
let tokens: BearerTokens;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  issuer = await TokenIssuer.start();
  tokens = new BearerTokens(issuer.settings, () => undefined);
  expect(await tokens.refusalOf(`Bearer ${await issuer.token()}`)).toBeUndefined();
});

afterEach(async () => {
  vi.useRealTimers();
  await issuer.stop();
});

function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

describe('BearerTokens when keys change', () => {
  it('fetches the keys once more for a new one, once for all that name it', async () => {
    const old = `Bearer ${await issuer.token()}`;
    await issuer.addKey('key-2');
    const fresh = `Bearer ${await issuer.token()}`;
    pass(31);

    const refusals = await Promise.all([fresh, old, fresh, fresh].map(token => tokens.refusalOf(token)));

    expect(refusals).toEqual([undefined, undefined, undefined, undefined]);
    expect(issuer.fetches).toBe(2);
  });

  it('looks for keys that are unknown once in half a minute, however many', async () => {
    pass(31);
    for (let index = 0; index < 20; index++) {
      const unknown = await issuer.token({ kid: `forged-${index}` });
      expect(await tokens.refusalOf(`Bearer ${unknown}`)).toMatchObject({ status: 401 });
    }

    expect(issuer.fetches).toBe(2);
  });

  it('answers 503 for an unknown key while it cannot look, and takes those that it knows', async () => {
    const known = await issuer.token();
    await issuer.addKey('key-2');
    const fresh = await issuer.token();
    issuer.fault = { status: 500, body: '' };
    pass(31);

    expect(await tokens.refusalOf(`Bearer ${fresh}`)).toMatchObject({ status: 503 });
    expect(await tokens.refusalOf(`Bearer ${known}`)).toBeUndefined();
  });
});

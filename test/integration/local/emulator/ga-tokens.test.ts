import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { ACS_ISSUER } from '../../../../shared/config/token-settings.ts';
import { BearerTokens } from '../../../../shared/http/bearer-tokens.ts';
import { type GaWorld, startGaWorld } from '../../../support/emulator/ga-world.ts';

let world: GaWorld;
afterEach(() => world.close());

/** The product's own check, as the emulator says that it is to be set. */
function check(): BearerTokens {
  const { audience, issuer, jwksUrl } = world.emulator.tokens;
  return new BearerTokens({ audiences: [audience], issuers: [issuer], jwksUrl }, () => undefined);
}

async function tokenOfCall(key: string): Promise<string> {
  await world.call(key);
  const post = world.receiver.posts.find(({ path }) => path.includes(`/${key}?`));
  return post?.headers.authorization ?? '';
}

describe('the tokens of callbacks', () => {
  it('are of ACS, for the audience that was set, for five minutes, and good to the product', async () => {
    world = await startGaWorld({ tokens: { audience: 'my-resource' } });

    const authorization = await tokenOfCall('key1');
    const token = authorization.slice('Bearer '.length);
    const { exp = 0, iat = 0, ...claims } = decodeJwt(token);

    expect(await check().refusalOf(authorization)).toBeUndefined();
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    expect(claims).toMatchObject({ iss: ACS_ISSUER, aud: 'my-resource' });
    expect(exp - iat).toBe(300);
  });

  it('are good to whoever finds the keys as ACS publishes them', async () => {
    world = await startGaWorld({ tokens: { issuer: 'https://issuer.example.invalid' } });

    const response = await fetch(`${world.emulator.url}/calling/.well-known/acsopenidconfiguration`);
    const found = (await response.json()) as { issuer: string; jwks_uri: string };
    const keys = (await (await fetch(found.jwks_uri)).json()) as { keys: Record<string, unknown>[] };

    expect(found).toMatchObject({
      issuer: 'https://issuer.example.invalid',
      jwks_uri: world.emulator.tokens.jwksUrl,
    });
    expect(keys.keys).toEqual([expect.objectContaining({ kty: 'RSA', alg: 'RS256', use: 'sig' })]);
    expect(Object.keys(keys.keys[0] ?? {})).not.toContain('d');
  });

  it('are signed with another key after a rotation, and those before are good until they are forgotten', async () => {
    world = await startGaWorld();
    const before = await tokenOfCall('before');

    const rotated = await world.control('POST', 'tokens/rotate');
    const after = await tokenOfCall('after');
    const both = [await check().refusalOf(before), await check().refusalOf(after)];
    await world.control('POST', 'tokens/rotate', { forgetsOld: true });
    const forgotten = await check().refusalOf(after);

    expect(rotated.body['keyIds']).toHaveLength(2);
    expect(both).toEqual([undefined, undefined]);
    expect(forgotten).toMatchObject({ type: 'urn:ringback:problem:invalid-token' });
    expect((await world.control('GET', 'tokens')).body['keyIds']).toHaveLength(1);
  });
});

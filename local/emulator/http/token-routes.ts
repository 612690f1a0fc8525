import * as z from 'zod';
import type { CallbackTokens } from '../tokens/callback-tokens.ts';
import { type ControlRoute, readJson } from './control-route.ts';

const KEYS_PATH = 'calling/keys';

const rotateSchema = z.strictObject({
  /** Tokens that were signed before are good no more. */
  forgetsOld: z.boolean().default(false),
});

/** Where the keys are published, as ACS does; whoever checks a token needs no key of its own for that. */
export function publishedRoutes(tokens: CallbackTokens, url: () => string): readonly ControlRoute[] {
  return [
    {
      method: 'GET',
      path: 'calling/.well-known/acsopenidconfiguration',
      answer: () => ({
        status: 200,
        body: {
          issuer: tokens.settings.issuer,
          jwks_uri: `${url()}/${KEYS_PATH}`,
          id_token_signing_alg_values_supported: ['RS256'],
        },
      }),
    },
    { method: 'GET', path: KEYS_PATH, answer: async () => ({ status: 200, body: await tokens.keySet() }) },
  ];
}

/** What can be seen and changed of the tokens by hand. */
export function tokenRoutes(tokens: CallbackTokens, url: () => string): readonly ControlRoute[] {
  const view = () => ({
    ...tokens.settings,
    jwksUrl: `${url()}/${KEYS_PATH}`,
    keyIds: tokens.keyIds,
  });
  return [
    { method: 'GET', path: 'emulator/tokens', answer: () => ({ status: 200, body: view() }) },
    {
      method: 'POST',
      path: 'emulator/tokens/rotate',
      answer(request) {
        const read = readJson(request, rotateSchema);
        if (!read.ok) return read.answer;
        tokens.rotate(read.value);
        return { status: 200, body: view() };
      },
    },
  ];
}

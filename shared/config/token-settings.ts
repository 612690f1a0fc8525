import * as z from 'zod';
import { optional } from './optional.ts';

/** Whose tokens are good, and for whom. */
export interface TokenSettings {
  /** Any of them. */
  readonly audiences: readonly string[];
  readonly issuers: readonly string[];
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: string;
}

/** Several values with commas between them. */
export const list = optional.transform(value =>
  (value ?? '')
    .split(',')
    .map(entry => entry.trim())
    .filter(entry => entry !== ''),
);

const address = optional.pipe(z.url('expected a URL, such as https://example.com/keys').optional());

/** The settings about tokens. */
export const tokenMembers = {
  /** Ids of the ACS resources whose callbacks of GA are taken; without one, no token is asked for. */
  CALLBACK_JWT_AUDIENCE: list,
  CALLBACK_JWT_ISSUER: list,
  CALLBACK_JWT_JWKS_URL: address,
  /** For whom the tokens of Event Grid are made; without one, none is asked for. */
  EVENT_GRID_JWT_AUDIENCE: list,
  EVENT_GRID_JWT_ISSUER: list,
  EVENT_GRID_JWT_JWKS_URL: address,
} as const;

const schema = z.object(tokenMembers);

type Given = z.output<typeof schema>;

/**
 * Who issues the tokens of GA, and where its keys are.
 *
 * @see https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 */
const ACS_ISSUER = 'https://acscallautomation.communication.azure.com';
const ACS_JWKS_URL = `${ACS_ISSUER}/calling/keys`;

/** Whose tokens the callbacks of GA must bear; null where none is asked for. */
export function callbackTokens(given: Given): TokenSettings | null {
  const { CALLBACK_JWT_AUDIENCE: audiences, CALLBACK_JWT_ISSUER: issuers } = given;
  if (audiences.length === 0) return null;
  return {
    audiences,
    issuers: issuers.length === 0 ? [ACS_ISSUER] : issuers,
    jwksUrl: given.CALLBACK_JWT_JWKS_URL ?? ACS_JWKS_URL,
  };
}

/** Whose tokens the deliveries of Event Grid must bear; null where none is asked for. */
export function eventGridTokens(given: Given): TokenSettings | null {
  const { EVENT_GRID_JWT_AUDIENCE: audiences, EVENT_GRID_JWT_ISSUER: issuers } = given;
  if (audiences.length === 0) return null;
  return { audiences, issuers, jwksUrl: given.EVENT_GRID_JWT_JWKS_URL ?? '' };
}

/** Who issues the tokens of Event Grid depends on the tenant: there is nothing to go by when it is not set. */
export function expectIssuer(given: Given, context: z.RefinementCtx): void {
  if (given.EVENT_GRID_JWT_AUDIENCE.length === 0) return;
  const lacks = [
    given.EVENT_GRID_JWT_ISSUER.length === 0 ? 'EVENT_GRID_JWT_ISSUER' : undefined,
    given.EVENT_GRID_JWT_JWKS_URL === undefined ? 'EVENT_GRID_JWT_JWKS_URL' : undefined,
  ];
  for (const setting of lacks) {
    if (setting === undefined) continue;
    const message = 'expected a value, because EVENT_GRID_JWT_AUDIENCE has one';
    context.addIssue({ code: 'custom', path: [setting], message });
  }
}

/** Whose tokens are good, and for whom. */
export interface TokenSettings {
  /** Any of them. */
  readonly audiences: readonly string[];
  readonly issuers: readonly string[];
  /** Where the issuer publishes its keys. */
  readonly jwksUrl: string;
}

/**
 * Who issues the tokens of GA, and where its keys are.
 *
 * @see https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 */
export const ACS_ISSUER = 'https://acscallautomation.communication.azure.com';
export const ACS_JWKS_URL = `${ACS_ISSUER}/calling/keys`;

/** Whose tokens the callbacks of GA must bear; null where none is asked for. */
export function callbackTokens(given: {
  readonly CALLBACK_JWT_AUDIENCE: readonly string[];
  readonly CALLBACK_JWT_ISSUER: readonly string[];
  readonly CALLBACK_JWT_JWKS_URL?: string | undefined;
}): TokenSettings | null {
  const { CALLBACK_JWT_AUDIENCE: audiences, CALLBACK_JWT_ISSUER: issuers } = given;
  if (audiences.length === 0) return null;
  return {
    audiences,
    issuers: issuers.length === 0 ? [ACS_ISSUER] : issuers,
    jwksUrl: given.CALLBACK_JWT_JWKS_URL ?? ACS_JWKS_URL,
  };
}

interface EventGridTokens {
  readonly EVENT_GRID_JWT_AUDIENCE: readonly string[];
  readonly EVENT_GRID_JWT_ISSUER: readonly string[];
  readonly EVENT_GRID_JWT_JWKS_URL?: string | undefined;
}

/** Whose tokens the deliveries of Event Grid must bear; null where none is asked for. */
export function eventGridTokens(given: EventGridTokens): TokenSettings | null {
  const { EVENT_GRID_JWT_AUDIENCE: audiences, EVENT_GRID_JWT_ISSUER: issuers } = given;
  if (audiences.length === 0) return null;
  return { audiences, issuers, jwksUrl: given.EVENT_GRID_JWT_JWKS_URL ?? '' };
}

/** Who issues the tokens of Event Grid depends on the tenant: there is nothing to go by where it is not set. */
export function lacksOfEventGridTokens(given: EventGridTokens): string[] {
  if (given.EVENT_GRID_JWT_AUDIENCE.length === 0) return [];
  return [
    ...(given.EVENT_GRID_JWT_ISSUER.length === 0 ? ['EVENT_GRID_JWT_ISSUER'] : []),
    ...(given.EVENT_GRID_JWT_JWKS_URL === undefined ? ['EVENT_GRID_JWT_JWKS_URL'] : []),
  ];
}

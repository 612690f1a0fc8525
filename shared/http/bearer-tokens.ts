import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { TokenSettings } from '../config/token-settings.ts';
import { type Problem, problem } from '../problems/problem.ts';
import type { Log } from '../telemetry/log-event.ts';
import { tokenKeysUnavailable, tokenRefused } from '../telemetry/log-events.ts';

/** Ten times what a token of ACS or Entra has. */
const HEADER_CHARACTERS = 16_384;

/** Clocks differ by seconds; a token of ACS lives five minutes. */
const SKEW_SECONDS = 30;

/** A sender waits for the answer. */
const FETCH_MS = 3_000;

/** A key that is not known makes us look once in this time, however many tokens name one. */
const REFRESH_EVERY_MS = 30_000;

/** Keys go on being good while they cannot be fetched again; new ones are noticed at their first token. */
const KEYS_GOOD_FOR_MS = 12 * 3_600_000;

/** What is wrong with a token, as opposed to with the keys: whoever sends it again gets the same answer. */
const BAD_TOKEN: ReadonlySet<string> = new Set([
  errors.JOSEAlgNotAllowed.code,
  errors.JOSENotSupported.code,
  errors.JWSInvalid.code,
  errors.JWSSignatureVerificationFailed.code,
  errors.JWTInvalid.code,
  errors.JWTExpired.code,
  errors.JWTClaimValidationFailed.code,
  errors.JWKSNoMatchingKey.code,
  errors.JWKSMultipleMatchingKeys.code,
]);

/**
 * Proves the bearer tokens of one issuer (RFC 7519, RS256 only). Its keys are fetched when the first token comes, and
 * again when a token names a key that is not among them: at most once in half a minute, and once for all requests that
 * wait for it.
 */
export class BearerTokens {
  readonly #trust: TokenSettings;
  readonly #log: Log;
  readonly #keys: JWTVerifyGetKey;

  constructor(trust: TokenSettings, log: Log) {
    this.#trust = trust;
    this.#log = log;
    this.#keys = createRemoteJWKSet(new URL(trust.jwksUrl), {
      timeoutDuration: FETCH_MS,
      cooldownDuration: REFRESH_EVERY_MS,
      cacheMaxAge: KEYS_GOOD_FOR_MS,
    });
  }

  /**
   * Why a request with that Authorization header is to be refused; undefined when it may pass. 401 only for what is
   * wrong with the token itself: keys that cannot be fetched are 503, since the same token may be good in a moment.
   */
  async refusalOf(authorization: string | null): Promise<Problem | undefined> {
    const token = tokenIn(authorization);
    if (token === undefined) {
      return problem('invalid-token', 'Expected the header Authorization: Bearer, with a token.');
    }
    try {
      await jwtVerify(token, this.#keys, {
        algorithms: ['RS256'],
        audience: [...this.#trust.audiences],
        issuer: [...this.#trust.issuers],
        requiredClaims: ['exp'],
        clockTolerance: SKEW_SECONDS,
      });
      return undefined;
    } catch (error) {
      return this.#refusal(error);
    }
  }

  #refusal(error: unknown): Problem {
    if (error instanceof errors.JOSEError && BAD_TOKEN.has(error.code)) {
      this.#log(tokenRefused({ reason: error.code, audience: wrongAudience(error) }));
      return problem('invalid-token', `The token is not good: ${sayWhy(error)}.`);
    }
    this.#log(tokenKeysUnavailable({ error: String(error) }));
    return problem('keys-unavailable', 'Nothing is lost if the request is sent again.', {
      retryAfterSeconds: 5,
    });
  }
}

function tokenIn(authorization: string | null): string | undefined {
  if (authorization === null || authorization.length > HEADER_CHARACTERS) return undefined;
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization.trim())?.[1];
}

/** The audience of a token whose signature is good: what the setting perhaps should say. */
function wrongAudience(error: errors.JOSEError): string | null {
  if (!(error instanceof errors.JWTClaimValidationFailed) || error.claim !== 'aud') return null;
  return JSON.stringify(error.payload.aud ?? null).slice(0, 256);
}

function sayWhy(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `its claim "${error.claim}" is not as expected`;
  if (error instanceof errors.JWKSNoMatchingKey) return 'the key that it names is none of the issuer';
  return 'it is not signed with RS256 by a key of the issuer';
}

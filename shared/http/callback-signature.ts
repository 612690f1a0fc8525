import { createHmac, timingSafeEqual } from 'node:crypto';
import { NO_CALL_KEY } from '../ids/call-key.ts';

/**
 * The signature that a callback URL carries: base64url of HMAC-SHA256 over the call's key, or over the word
 * `callbacks` where the URL has none; over the word `event-grid` for what Event Grid delivers. A leaked URL opens one
 * call and no other.
 */
export function signCallback(secret: string, callKey: string | undefined): string {
  return createHmac('sha256', secret)
    .update(callKey ?? NO_CALL_KEY)
    .digest('base64url');
}

/**
 * Whether one of the secrets made the signature; never where there is no secret. Takes the same time whatever the
 * signature, and looks at every secret.
 */
export function isAuthentic(
  signature: string | null,
  callKey: string | undefined,
  secrets: readonly string[],
): boolean {
  const given = digest(signature ?? '');
  let authentic = false;
  for (const secret of secrets) {
    if (timingSafeEqual(given, digest(signCallback(secret, callKey)))) authentic = true;
  }
  return authentic && signature !== null;
}

/** Whether the text is the key; never where there is none. Takes the same time whatever the text. */
export function isKey(given: string | null, key: string | undefined): boolean {
  return timingSafeEqual(digest(given ?? ''), digest(key ?? '')) && given !== null && key !== undefined;
}

/** Texts of any length become comparable in constant time. */
function digest(text: string): Buffer {
  return createHmac('sha256', 'compare').update(text).digest();
}

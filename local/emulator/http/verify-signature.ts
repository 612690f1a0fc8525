import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What of a request is signed. */
export interface SignedRequest {
  readonly method: string;
  /** With the query, as it was sent. */
  readonly pathAndQuery: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

const SIGNED_HEADERS = 'x-ms-date;host;x-ms-content-sha256';
const SCHEME = /^HMAC-SHA256 SignedHeaders=([^&]*)&Signature=(.+)$/;
/** As far as a client's clock may be off. */
const SKEW_MS = 5 * 60_000;

/**
 * Checks the signature that a connection string's key makes. Undefined when it is right, else what is wrong with it.
 * The signed text is the method, the path with its query, and date, host and hash of the body.
 */
export function signatureFault(
  request: SignedRequest,
  accessKey: Uint8Array,
  nowMs: number,
): string | undefined {
  const { method, pathAndQuery, body } = request;
  const [authorization, date, host, contentHash] = [
    'authorization',
    'x-ms-date',
    'host',
    'x-ms-content-sha256',
  ].map(name => one(request.headers[name]));
  if (!authorization) return 'The Authorization header is missing.';
  const [, signedHeaders, signature] = SCHEME.exec(authorization) ?? [];
  if (signature === undefined) return 'The Authorization header is not HMAC-SHA256 with a signature.';
  if (signedHeaders?.toLowerCase() !== SIGNED_HEADERS) return `The signed headers are not ${SIGNED_HEADERS}.`;
  if (!date || !contentHash) return 'The x-ms-date or x-ms-content-sha256 header is missing.';
  if (contentHash !== createHash('sha256').update(body).digest('base64')) {
    return 'x-ms-content-sha256 is not the hash of the body.';
  }
  const sentAt = Date.parse(date);
  if (Number.isNaN(sentAt)) return 'x-ms-date is not a date such as Wed, 05 May 2021 20:08:39 GMT.';
  if (Math.abs(nowMs - sentAt) > SKEW_MS) return 'x-ms-date is more than 5 minutes off.';
  const text = `${method}\n${pathAndQuery}\n${date};${host ?? ''};${contentHash}`;
  const expected = createHmac('sha256', accessKey).update(text, 'utf8').digest('base64');
  return isSame(signature, expected) ? undefined : 'The signature does not match.';
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

import { createHash } from 'node:crypto';

/** A SHA-256 as 22 characters of base64url: 132 bits, fit for a key of a table. */
export function hash22(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

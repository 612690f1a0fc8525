import { hash } from 'node:crypto';

/** A SHA-256 as 22 characters of base64url: 132 bits, fit for a key of a table. */
export function hash22(text: string): string {
  // UTF-8 has one and the same replacement for every lone surrogate, and would make two ids one.
  const digest = hash('sha256', text.isWellFormed() ? text : Buffer.from(text, 'utf16le'), 'base64url');
  // A slice of a string keeps the whole alive, and the cache of heads holds many of these.
  return Buffer.from(digest, 'latin1').toString('latin1', 0, 22);
}

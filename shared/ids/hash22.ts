import { createHash } from 'node:crypto';

/** A SHA-256 as 22 characters of base64url: 132 bits, fit for a key of a table. */
export function hash22(text: string): string {
  // UTF-8 has one and the same replacement for every lone surrogate, and would make two ids one.
  const encoding = text.isWellFormed() ? 'utf8' : 'utf16le';
  return createHash('sha256').update(text, encoding).digest('base64url').slice(0, 22);
}

import { randomBytes } from 'node:crypto';

/** A new id: 16 characters, 96 random bits. Made flat, where a UUID is a string of strings ten times the size. */
export function newId(): string {
  return randomBytes(12).toString('base64url');
}

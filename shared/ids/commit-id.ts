import { randomBytes } from 'node:crypto';

/**
 * Names one attempt at a commit: 12 random characters, unique among the commits of a call. As short as that because
 * each call in memory has one.
 */
export function newCommitId(): string {
  return randomBytes(9).toString('base64url');
}

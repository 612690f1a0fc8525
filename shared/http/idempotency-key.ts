import { type Problem, problem } from '../problems/problem.ts';

/** Visible characters; the header's own draft (httpapi-idempotency-key-header) leaves the length to the server. */
const KEY = /^[\x21-\x7e]{1,256}$/;

/** The key that came with a request, if any; a structured string's quotes are no part of it. */
export function readIdempotencyKey(headers: {
  get(name: string): string | null;
}):
  | { readonly ok: true; readonly key: string | undefined }
  | { readonly ok: false; readonly problem: Problem } {
  const given = headers.get('idempotency-key');
  if (given === null) return { ok: true, key: undefined };
  const key = given.replace(/^"(.*)"$/, '$1');
  if (KEY.test(key)) return { ok: true, key };
  const detail = 'Idempotency-Key: expected 1 to 256 visible characters, such as reminder-2026-11-26-0142.';
  return { ok: false, problem: problem('invalid-idempotency-key', detail) };
}

import { decodeCursor } from './cursor.ts';
import { type Problem, problem } from './problem.ts';

export interface Page {
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** How many items a page has where nobody says. */
export const LIMIT_DEFAULT = 50;

/** How many items a page can have. */
export const LIMIT_MAX = 500;

/**
 * Reads `limit` and `cursor` of a list.
 *
 * @param list names the list with its filters: a cursor of another one is refused.
 */
export function readPage(
  query: { get(name: string): string | null },
  list: string,
): { readonly ok: true; readonly page: Page } | { readonly ok: false; readonly problem: Problem } {
  const limit = query.get('limit') ?? String(LIMIT_DEFAULT);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > LIMIT_MAX) {
    return { ok: false, problem: wrongQuery('limit', `expected a number from 1 to ${LIMIT_MAX}`) };
  }
  const given = query.get('cursor');
  const cursor = given === null ? undefined : decodeCursor(list, given);
  if (given !== null && cursor === undefined) {
    return {
      ok: false,
      problem: wrongQuery('cursor', 'expected the nextCursor of this list with the same filters'),
    };
  }
  return { ok: true, page: { limit: Number(limit), cursor } };
}

/** The problem of one query parameter. */
export function wrongQuery(parameter: string, detail: string): Problem {
  return problem('invalid-query', `${parameter}: ${detail}.`, {
    errors: [{ pointer: `?${parameter}`, detail }],
  });
}

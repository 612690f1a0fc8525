import { parseEventTime } from '../dialects/parse-event-time.ts';
import { CALL_STATES } from '../domain/call-state.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { CallFilter } from '../processing/list-calls.ts';
import { type Page, readPage, wrongQuery } from './page-query.ts';
import type { Problem } from './problem.ts';

export type CallQuery =
  | { readonly ok: true; readonly filter: CallFilter; readonly page: Page; readonly list: string }
  | { readonly ok: false; readonly problem: Problem };

/** What `state` can be. */
export const STATE_FILTERS = ['open', ...CALL_STATES] as const;

/** Reads the query of the list of calls: `state`, `from`, `to`, `limit`, `cursor`. */
export function readCallQuery(query: { get(name: string): string | null }): CallQuery {
  const told = { state: query.get('state'), from: query.get('from'), to: query.get('to') };
  const state = STATE_FILTERS.find(name => name === told.state);
  if (told.state !== null && state === undefined) {
    return { ok: false, problem: wrongQuery('state', `expected one of ${STATE_FILTERS.join(', ')}`) };
  }
  const [from, to] = [readTime(told.from), readTime(told.to)];
  for (const [name, given, time] of [['from', told.from, from] as const, ['to', told.to, to] as const]) {
    if (given !== null && time === undefined) {
      return {
        ok: false,
        problem: wrongQuery(name, 'expected a date or a date-time, such as 2021-05-05T20:08:39Z'),
      };
    }
  }
  const list = `calls ${JSON.stringify([state, from, to])}`;
  const page = readPage(query, list);
  return page.ok ? { ok: true, filter: { state, from, to }, page: page.page, list } : page;
}

function readTime(text: string | null): EventTime | undefined {
  if (text === null) return undefined;
  // A plus sign that was not encoded arrives as a space.
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  return parseEventTime(isDate ? `${text}T00:00:00Z` : text.replace(/ (?=\d{2}:?\d{2}$)/, '+'));
}

import { describe, expect, it } from 'vitest';
import { readCallQuery } from '../../../shared/http/call-query.ts';
import { encodeCursor } from '../../../shared/http/cursor.ts';

const read = (query: string) => readCallQuery(new URLSearchParams(query));

describe('readCallQuery', () => {
  it.each([
    ['', {}],
    ['state=open', { state: 'open' }],
    ['state=disconnected', { state: 'disconnected' }],
    ['from=2021-05-05', { from: '2021-05-05T00:00:00.0000000Z' }],
    ['to=2021-05-05T20:08:39.0157964Z', { to: '2021-05-05T20:08:39.0157964Z' }],
    ['from=2021-05-05T22:08:39%2B02:00', { from: '2021-05-05T20:08:39.0000000Z' }],
    ['from=2021-05-05T22:08:39+02:00', { from: '2021-05-05T20:08:39.0000000Z' }],
    ['from=2021-05-05T15:08:39-05:00', { from: '2021-05-05T20:08:39.0000000Z' }],
  ])('reads the filter of ?%s', (query, filter) => {
    expect(read(query)).toMatchObject({ ok: true, filter, page: { limit: 50 } });
  });

  it.each([
    ['state=OPEN', 'state'],
    ['state=', 'state'],
    ['state=ended', 'state'],
    ['from=', 'from'],
    ['from=yesterday', 'from'],
    ['to=2021-02-30', 'to'],
    ['to=1620244800', 'to'],
    ['limit=0', 'limit'],
    ['cursor=x', 'cursor'],
  ])('refuses ?%s and points at it', (query, parameter) => {
    expect(read(query)).toMatchObject({
      ok: false,
      problem: { status: 400, errors: [{ pointer: `?${parameter}` }] },
    });
  });

  it('takes a cursor with the filters that it came with, however the time is written', () => {
    const first = read('from=2021-05-05T20:00:00Z');
    const cursor = first.ok ? encodeCursor(first.list, 'place') : '';

    expect(read(`from=2021-05-05T22:00:00%2B02:00&cursor=${cursor}`)).toMatchObject({
      ok: true,
      page: { cursor: 'place' },
    });
  });

  it.each(['state=open', 'to=2021-05-05', ''])(
    'refuses a cursor of other filters when asked for ?%s',
    query => {
      const first = read('from=2021-05-05');
      const cursor = first.ok ? encodeCursor(first.list, 'place') : '';

      expect(read(`${query}&cursor=${cursor}`)).toMatchObject({ ok: false });
    },
  );
});

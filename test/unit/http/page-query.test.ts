import { describe, expect, it } from 'vitest';
import { encodeCursor } from '../../../shared/http/cursor.ts';
import { readPage } from '../../../shared/http/page-query.ts';

describe('readPage', () => {
  it.each([
    ['nothing is asked', '', { limit: 50, cursor: undefined }],
    ['the least is asked', 'limit=1', { limit: 1, cursor: undefined }],
    ['the most is asked', 'limit=500', { limit: 500, cursor: undefined }],
    ['a cursor is given', `cursor=${encodeCursor('list', '7')}`, { limit: 50, cursor: '7' }],
  ])('reads the page when %s', (_, query, page) => {
    expect(readPage(new URLSearchParams(query), 'list')).toEqual({ ok: true, page });
  });

  it.each([
    ['limit=', 'limit'],
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=%201', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=1,2', 'limit'],
    ['cursor=', 'cursor'],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${encodeCursor('other list', '7')}`, 'cursor'],
  ])('refuses %s and points at it', (query, parameter) => {
    expect(readPage(new URLSearchParams(query), 'list')).toMatchObject({
      ok: false,
      problem: {
        type: 'urn:ringback:problem:invalid-query',
        status: 400,
        errors: [{ pointer: `?${parameter}` }],
      },
    });
  });
});

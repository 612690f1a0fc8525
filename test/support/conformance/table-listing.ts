import { expect, it } from 'vitest';
import type { RowQuery, StoredRow, Table } from '../../../shared/store/table.ts';
import { commit, create, createMany } from './table-rows.ts';

/** Ranges, order and pages. */
export function listing(makeTable: () => Table): void {
  // U+FF5E sorts before U+1F600 by code point, but after its surrogates by code unit.
  const ordered = ['!', '-', 'A', '_', 'a', 'a!', 'b', 'é', '\u{1F600}', '\uFF5E'];

  it.each<{ name: string; query: RowQuery; expected: readonly string[] }>([
    { name: 'all rows of a partition by code unit', query: { partition: 'p' }, expected: ordered },
    {
      name: 'rows from a key on and short of another',
      query: { partition: 'p', rows: { from: 'a', to: 'b' } },
      expected: ['a', 'a!'],
    },
    {
      name: 'rows of a prefix',
      query: { partition: 'p', rows: { from: 'a!', to: 'a"' } },
      expected: ['a!'],
    },
    {
      name: 'nothing in an empty range',
      query: { partition: 'p', rows: { from: 'a', to: 'a' } },
      expected: [],
    },
    {
      name: 'nothing in a reversed range',
      query: { partition: 'p', rows: { from: 'b', to: 'a' } },
      expected: [],
    },
    { name: 'nothing in a partition without rows', query: { partition: 'none' }, expected: [] },
  ])('returns $name', async ({ query, expected }) => {
    const table = makeTable();
    await commit(
      table,
      ordered.toReversed().map(key => create(key)),
    );
    await commit(table, [create('elsewhere')], 'q');

    const page = await table.list(query);

    expect(page.rows.map(row => row.rowKey)).toEqual(expected);
    expect(page.cursor).toBeUndefined();
  });

  it('returns the rows of a range of partitions by partition, then row', async () => {
    const table = makeTable();
    for (const partition of ['p3', 'p1', 'q', 'p2', 'o']) {
      await commit(table, [create('2', { partition }), create('1', { partition })], partition);
    }

    const { rows } = await table.list({ partition: { from: 'p', to: 'p3' } });

    expect(rows.map(row => [row.partitionKey, row.rowKey, row.values['partition']])).toEqual([
      ['p1', '1', 'p1'],
      ['p1', '2', 'p1'],
      ['p2', '1', 'p2'],
      ['p2', '2', 'p2'],
    ]);
  });

  it('returns the rows of a key in every partition of a range', async () => {
    const table = makeTable();
    for (const partition of ['p1', 'p2', 'p3', 'q']) {
      const keys = partition === 'p2' ? ['a', 'b'] : ['!', 'a', 'b'];
      await commit(
        table,
        keys.map(key => create(key)),
        partition,
      );
    }
    const query: RowQuery = { partition: { from: 'p', to: 'q' }, rows: { from: '!', to: '!!' }, limit: 1 };

    const { rows } = await listPages(table, query);

    expect(rows.map(row => [row.partitionKey, row.rowKey])).toEqual([
      ['p1', '!'],
      ['p3', '!'],
    ]);
  });

  it.each<{ name: string; query: RowQuery; expected: number }>([
    { name: 'one partition', query: { partition: 'p1', limit: 2 }, expected: 5 },
    {
      name: 'a range of rows',
      query: { partition: 'p1', rows: { from: '001', to: '004' }, limit: 2 },
      expected: 3,
    },
    { name: 'a range of partitions', query: { partition: { from: 'p', to: 'q' }, limit: 2 }, expected: 15 },
    { name: 'pages that come out even', query: { partition: 'p1', limit: 5 }, expected: 5 },
  ])('pages through $name with its cursor', async ({ query, expected }) => {
    const table = makeTable();
    for (const partition of ['p1', 'p2 é', 'p3']) {
      await commit(table, createMany(5), partition);
    }
    const whole = (await table.list({ ...query, limit: 1000 })).rows;

    const { rows, largestPage } = await listPages(table, query);

    expect(rows).toEqual(whole);
    expect(rows).toHaveLength(expected);
    expect(largestPage).toBeLessThanOrEqual(query.limit ?? 1000);
  });

  it('pages past rows that were deleted and written meanwhile', async () => {
    const table = makeTable();
    await commit(table, createMany(6));
    const first = await table.list({ partition: 'p', limit: 3 });
    await commit(table, [{ kind: 'delete', rowKey: '003' }, create('0035')]);

    const rest = await table.list({ partition: 'p', limit: 3, cursor: first.cursor ?? '' });

    expect(rest.rows.map(row => row.rowKey)).toEqual(['0035', '004', '005']);
  });
}

async function listPages(
  table: Table,
  query: RowQuery,
): Promise<{ readonly rows: readonly StoredRow[]; readonly largestPage: number }> {
  const rows: StoredRow[] = [];
  let largestPage = 0;
  let page = await table.list(query);
  for (;;) {
    rows.push(...page.rows);
    largestPage = Math.max(largestPage, page.rows.length);
    if (page.cursor === undefined) {
      return { rows, largestPage };
    }
    page = await table.list({ ...query, cursor: page.cursor });
  }
}

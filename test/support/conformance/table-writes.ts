import { expect, it } from 'vitest';
import type { CommitResult, RowValues, RowWrite, Table } from '../../../shared/store/table.ts';
import { commit, create, createMany } from './table-rows.ts';

/** Commits of one write, which the Azure adapter sends as plain requests. */
export function singleWrites(makeTable: () => Table): void {
  it('finds no row in a table that does not exist yet', async () => {
    expect(await makeTable().get('p', 'r')).toBeUndefined();
  });

  it('writes to a table that does not exist yet', async () => {
    const table = makeTable();

    const [etag] = await commit(table, [create('r', { count: 1 })]);

    expect(await table.get('p', 'r')).toEqual({
      partitionKey: 'p',
      rowKey: 'r',
      etag,
      values: { count: 1 },
    });
  });

  it.each<{ name: string; write: (etag: string) => RowWrite; expected: RowValues }>([
    {
      name: 'replaces a row whole when the ETag is its own',
      write: etag => ({ kind: 'replace', rowKey: 'r', values: { b: 3 }, etag }),
      expected: { b: 3 },
    },
    {
      name: 'upserts a row whole when there is one',
      write: () => ({ kind: 'upsert', rowKey: 'r', values: { b: 3 } }),
      expected: { b: 3 },
    },
    {
      name: 'keeps the values that a merge does not give',
      write: () => ({ kind: 'merge', rowKey: 'r', values: { b: 3, c: 4 } }),
      expected: { a: 1, b: 3, c: 4 },
    },
  ])('$name', async ({ write, expected }) => {
    const table = makeTable();
    const [before = ''] = await commit(table, [create('r', { a: 1, b: 2 })]);

    const [after] = await commit(table, [write(before)]);

    const row = await table.get('p', 'r');
    expect(row?.values).toEqual(expected);
    expect(row?.etag).toBe(after);
    expect(after).not.toBe(before);
  });

  it.each(['upsert', 'merge'] as const)('makes the row with %s when there is none', async kind => {
    const table = makeTable();

    const [etag] = await commit(table, [{ kind, rowKey: 'r', values: { a: 1 } }]);

    expect(await table.get('p', 'r')).toMatchObject({ etag, values: { a: 1 } });
  });

  it('deletes a row and tells no ETag', async () => {
    const table = makeTable();
    await commit(table, [create('r')]);

    expect(await commit(table, [{ kind: 'delete', rowKey: 'r' }])).toEqual(['']);
    expect(await table.get('p', 'r')).toBeUndefined();
  });

  it.each<{ name: string; write: RowWrite; expected: CommitResult }>([
    { name: 'exists when a create meets a row', write: create('there'), expected: conflict('exists', 0) },
    {
      name: 'changed when a replace brings a stale ETag',
      write: { kind: 'replace', rowKey: 'there', values: {}, etag: 'stale' },
      expected: conflict('changed', 0),
    },
    {
      name: 'absent when a replace finds no row',
      write: { kind: 'replace', rowKey: 'gone', values: {}, etag: 'stale' },
      expected: conflict('absent', 0),
    },
    {
      name: 'absent when a delete finds no row',
      write: { kind: 'delete', rowKey: 'gone' },
      expected: conflict('absent', 0),
    },
  ])('answers $name', async ({ write, expected }) => {
    const table = makeTable();
    await seedConflicts(table);

    expect(await table.commit('p', [await withStaleEtag(table, write)])).toEqual(expected);
    expect(await table.get('p', 'there')).toMatchObject({ values: { a: 2 } });
  });

  it('keeps rows of one key in different partitions apart', async () => {
    const table = makeTable();
    await table.commit('p', [create('r', { a: 1 })]);
    await table.commit('q', [create('r', { a: 2 })]);

    expect((await table.get('p', 'r'))?.values).toEqual({ a: 1 });
    expect((await table.get('q', 'r'))?.values).toEqual({ a: 2 });
  });
}

/** Commits of several writes: all or none. */
export function severalWrites(makeTable: () => Table): void {
  it('answers the ETag of each row, in the order of the writes, of whatever kinds they are', async () => {
    const table = makeTable();
    const [replaced = ''] = await commit(table, [
      create('1-replaced', { a: 1 }),
      create('3-deleted'),
      create('4-merged', { a: 1 }),
    ]);

    const etags = await commit(table, [
      { kind: 'delete', rowKey: '3-deleted' },
      { kind: 'merge', rowKey: '4-merged', values: { b: 2 } },
      { kind: 'upsert', rowKey: '2-upserted', values: {} },
      create('5-created'),
      { kind: 'replace', rowKey: '1-replaced', values: { b: 2 }, etag: replaced },
    ]);

    const { rows } = await table.list({ partition: 'p' });
    const stored = new Map(rows.map(row => [row.rowKey, row]));
    expect(etags).toEqual([
      '',
      stored.get('4-merged')?.etag,
      stored.get('2-upserted')?.etag,
      stored.get('5-created')?.etag,
      stored.get('1-replaced')?.etag,
    ]);
    expect(stored.get('4-merged')?.values).toEqual({ a: 1, b: 2 });
    expect(stored.get('1-replaced')?.values).toEqual({ b: 2 });
    expect(rows.map(row => row.rowKey)).toEqual(['1-replaced', '2-upserted', '4-merged', '5-created']);
  });

  it('answers ETags that the next commit can use', async () => {
    const table = makeTable();
    let etags = await commit(table, [create('a', { n: 0 }), create('b', { n: 0 })]);

    for (let n = 1; n <= 3; n++) {
      const [a = '', b = ''] = etags;
      etags = await commit(table, [
        { kind: 'replace', rowKey: 'a', values: { n }, etag: a },
        { kind: 'replace', rowKey: 'b', values: { n }, etag: b },
      ]);
    }

    expect((await table.get('p', 'a'))?.values).toEqual({ n: 3 });
    expect((await table.get('p', 'b'))?.values).toEqual({ n: 3 });
  });

  it.each<{ name: string; write: RowWrite; expected: CommitResult }>([
    { name: 'exists', write: create('there'), expected: conflict('exists', 2) },
    {
      name: 'changed',
      write: { kind: 'replace', rowKey: 'there', values: {}, etag: 'stale' },
      expected: conflict('changed', 2),
    },
    {
      name: 'absent for a replace',
      write: { kind: 'replace', rowKey: 'gone', values: {}, etag: 'stale' },
      expected: conflict('absent', 2),
    },
    {
      name: 'absent for a delete',
      write: { kind: 'delete', rowKey: 'gone' },
      expected: conflict('absent', 2),
    },
  ])('answers $name with its index and writes nothing', async ({ write, expected }) => {
    const table = makeTable();
    await seedConflicts(table);
    const third = await withStaleEtag(table, write);
    const before = (await table.list({ partition: 'p' })).rows;

    const result = await table.commit('p', [
      create('new'),
      { kind: 'merge', rowKey: 'other', values: { a: 9 } },
      third,
      { kind: 'upsert', rowKey: 'newer', values: {} },
    ]);

    expect(result).toEqual(expected);
    expect((await table.list({ partition: 'p' })).rows).toEqual(before);
  });

  it('writes to a table that does not exist yet', async () => {
    const table = makeTable();

    expect(await commit(table, [create('a'), create('b')])).toHaveLength(2);
  });

  it('takes 100 writes', async () => {
    const table = makeTable();

    const etags = await commit(table, createMany(100));

    const { rows } = await table.list({ partition: 'p' });
    expect(rows.map(row => row.etag)).toEqual(etags);
  });
}

async function seedConflicts(table: Table): Promise<void> {
  await commit(table, [create('there', { a: 1 }), create('other', { a: 1 })]);
}

/** Puts an ETag that the row had once in place of `stale`, and leaves the row changed. */
async function withStaleEtag(table: Table, write: RowWrite): Promise<RowWrite> {
  const etag = (await table.get('p', 'there'))?.etag ?? '';
  await commit(table, [{ kind: 'replace', rowKey: 'there', values: { a: 2 }, etag }]);
  return write.kind === 'replace' ? { ...write, etag } : write;
}

function conflict(kind: 'exists' | 'changed' | 'absent', index: number): CommitResult {
  return { ok: false, conflict: kind, index };
}

import { expect, it } from 'vitest';
import { StorageError } from '../../../shared/store/storage-error.ts';
import type { RowQuery, RowValues, RowWrite, Table } from '../../../shared/store/table.ts';
import { commit, create, createMany } from './table-rows.ts';

/** What is written comes back the same. */
export function storedValues(makeTable: () => Table): void {
  it.each<{ name: string; value: RowValues[string] }>([
    { name: 'an empty string', value: '' },
    { name: 'a string of any script', value: 'čeština — 日本語 — العربية — 😀' },
    {
      name: 'a string with controls and separators',
      value: '\u0000\t\r\n\u001f\u007f\u2028\u2029\ufeff"\'\\{}',
    },
    {
      name: 'a string with line ends like those of a multipart body',
      value: '\r\n--changesetresponse_x\r\n',
    },
    { name: 'a string that looks like a date', value: '2026-01-02T03:04:05.678Z' },
    { name: 'a string that looks like a number', value: '0012' },
    { name: 'zero', value: 0 },
    { name: 'a negative integer', value: -42 },
    { name: 'the largest 32-bit integer', value: 2 ** 31 - 1 },
    { name: 'the integer after it', value: 2 ** 31 },
    { name: 'the smallest 32-bit integer', value: -(2 ** 31) },
    { name: 'the integer before it', value: -(2 ** 31) - 1 },
    { name: 'milliseconds since 1970', value: 1_795_418_309_717 },
    { name: 'the largest safe integer', value: Number.MAX_SAFE_INTEGER },
    { name: 'an integer of 21 digits and more', value: 1e21 },
    { name: 'a fraction', value: 0.1 },
    { name: 'the smallest number', value: Number.MIN_VALUE },
    { name: 'the largest number', value: Number.MAX_VALUE },
    { name: 'true', value: true },
    { name: 'false', value: false },
    { name: 'no bytes', value: new Uint8Array() },
    { name: 'all bytes', value: Uint8Array.from({ length: 256 }, (_, index) => index) },
    { name: 'bytes that view a larger buffer', value: new Uint8Array([1, 2, 3, 4, 5, 6]).subarray(2, 4) },
  ])('returns $name', async ({ value }) => {
    const table = makeTable();

    await commit(table, [create('alone', { value })]);
    await commit(table, [create('one', { value }), create('two', { value })]);

    const { rows } = await table.list({ partition: 'p' });
    expect(rows.map(row => row.values)).toEqual([{ value }, { value }, { value }]);
    expect((await table.get('p', 'alone'))?.values).toEqual({ value });
  });

  it.each(['!', 'j~key', 'a-b_c', 'k|2026-01|7', "o'brien", 'with space', 'a+b&c=d', 'é日😀', '(x),y;z:@$*'])(
    'finds row key %j in partition of the same name',
    async key => {
      const table = makeTable();

      const [alone] = await commit(table, [create(key, { n: 1 })], key);
      const [, second] = await commit(table, [create(`${key}1`), create(`${key}2`)], key);

      expect(await table.get(key, key)).toMatchObject({ partitionKey: key, rowKey: key, etag: alone });
      const { rows } = await table.list({ partition: key, rows: { from: `${key}2`, to: `${key}3` } });
      expect(rows).toMatchObject([{ partitionKey: key, rowKey: `${key}2`, etag: second }]);
    },
  );

  it('is not touched by changes to what was written or read', async () => {
    const table = makeTable();
    const bytes = new Uint8Array([1, 2, 3]);
    await commit(table, [create('r', { bytes })]);

    bytes[0] = 9;
    const read = (await table.get('p', 'r'))?.values['bytes'];
    if (read instanceof Uint8Array) {
      read[1] = 9;
    }

    expect((await table.get('p', 'r'))?.values).toEqual({ bytes: new Uint8Array([1, 2, 3]) });
  });
}

/** What the service refuses is refused, and what it takes is taken. */
export function limits(makeTable: () => Table): void {
  const longest = 'x'.repeat(32_768);
  const wideRow = Object.fromEntries(Array.from({ length: 252 }, (_, index) => [`v${index}`, index]));
  const largeRow = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`v${index}`, longest]));

  it.each<{ name: string; values: RowValues }>([
    { name: 'a string of 32,768 units', values: { text: longest } },
    { name: '64 KiB of bytes', values: { bytes: new Uint8Array(65_536).fill(7) } },
    { name: '252 values', values: wideRow },
    { name: 'a row of nearly 1 MiB', values: largeRow },
  ])('takes $name', async ({ values }) => {
    const table = makeTable();

    await commit(table, [create('r', values)]);

    expect((await table.get('p', 'r'))?.values).toEqual(values);
  });

  it('takes a commit of nearly 4 MiB', async () => {
    const table = makeTable();
    const text = 'x'.repeat(31_000);
    const values = { a: text, b: text, c: text, d: text };

    const etags = await commit(
      table,
      createMany(32).map(write => ({ ...write, values })),
    );

    expect(etags).toHaveLength(32);
  });

  it.each<{ name: string; writes: readonly RowWrite[] }>([
    { name: 'no write', writes: [] },
    { name: '101 writes', writes: createMany(101) },
    { name: 'a row twice', writes: [create('r'), { kind: 'upsert', rowKey: 'r', values: {} }] },
    { name: 'a string of 33,000 units', writes: [create('r', { text: 'x'.repeat(33_000) })] },
    { name: 'more than 64 KiB of bytes', writes: [create('r', { bytes: new Uint8Array(65_537) })] },
    { name: '253 values', writes: [create('r', { ...wideRow, more: 1 })] },
    { name: 'a row of more than 1 MiB', writes: [create('r', { ...largeRow, x: longest, y: longest })] },
    {
      name: 'a commit of more than 4 MiB',
      writes: createMany(50).map(write => ({ ...write, values: { a: longest, b: longest, c: longest } })),
    },
    { name: 'a number that is not finite', writes: [create('r', { n: Number.NaN })] },
    { name: 'a name that a table does not take', writes: [create('r', { 'not-a-name': 1 })] },
    { name: 'a name of the service', writes: [create('r', { Timestamp: 1 })] },
    { name: 'a slash in a key', writes: [create('a/b')] },
    { name: 'a replace of any row', writes: [{ kind: 'replace', rowKey: 'r', values: {}, etag: '*' }] },
    {
      name: 'a replace with an empty ETag',
      writes: [{ kind: 'replace', rowKey: 'r', values: {}, etag: '' }],
    },
  ])('refuses $name for good', async ({ writes }) => {
    const table = makeTable();

    const error = await table.commit('p', writes).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ transient: false });
    expect((await table.list({ partition: 'p' })).rows).toEqual([]);
  });

  it.each<{ name: string; query: RowQuery }>([
    { name: 'a page of no rows', query: { partition: 'p', limit: 0 } },
    { name: 'a page of 1,001 rows', query: { partition: 'p', limit: 1001 } },
    { name: 'a cursor that is none', query: { partition: 'p', cursor: '~' } },
  ])('refuses $name for good', async ({ query }) => {
    const error = await makeTable()
      .list(query)
      .catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ transient: false });
  });
}

import { expect, it } from 'vitest';
import type { Table } from '../../../shared/store/table.ts';
import { commit, create } from './table-rows.ts';

/** Commits at the same time: one of those that compete wins. */
export function concurrency(makeTable: () => Table): void {
  it('takes 20 commits at once into a table that does not exist yet', async () => {
    const table = makeTable();

    await Promise.all(Array.from({ length: 20 }, (_, n) => commit(table, [create(`${n}`)])));

    expect((await table.list({ partition: 'p' })).rows).toHaveLength(20);
  });

  it('loses no increment when 40 read, add one and replace', async () => {
    const table = makeTable();
    await commit(table, [create('counter', { n: 0 })]);

    const tries = await Promise.all(Array.from({ length: 40 }, () => increment(table)));

    expect(await table.get('p', 'counter')).toMatchObject({ values: { n: 40 } });
    expect(tries.every(count => count >= 1)).toBe(true);
  });

  it('lets one of 20 creators of a row win', async () => {
    const table = makeTable();

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => table.commit('p', [create('r', { n }), create(`other-${n}`)])),
    );

    expect(results.filter(result => result.ok)).toHaveLength(1);
    expect((await table.list({ partition: 'p' })).rows).toHaveLength(2);
  });
}

async function increment(table: Table): Promise<number> {
  for (let tries = 1; ; tries++) {
    const row = await table.get('p', 'counter');
    const n = Number(row?.values['n']) + 1;
    const result = await table.commit('p', [
      { kind: 'replace', rowKey: 'counter', values: { n }, etag: row?.etag ?? '' },
      // A second write now and then, so that transactions and plain requests compete.
      ...(tries % 2 === 0 ? [{ kind: 'upsert', rowKey: 'last', values: { n } } as const] : []),
    ]);
    if (result.ok) {
      return tries;
    }
  }
}

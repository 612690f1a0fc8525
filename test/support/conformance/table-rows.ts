import { expect } from 'vitest';
import type { RowValues, RowWrite, Table } from '../../../shared/store/table.ts';

/** Commits writes that are expected to meet no conflict; returns their ETags. */
export async function commit(
  table: Table,
  writes: readonly RowWrite[],
  partition = 'p',
): Promise<readonly string[]> {
  const result = await table.commit(partition, writes);
  expect(result).toMatchObject({ ok: true });
  return result.ok ? result.etags : [];
}

/** A create of one row. */
export function create(rowKey: string, values: RowValues = {}): RowWrite & { readonly kind: 'create' } {
  return { kind: 'create', rowKey, values };
}

/** Creates of rows `000`, `001` and so on. */
export function createMany(count: number): (RowWrite & { readonly kind: 'create' })[] {
  return Array.from({ length: count }, (_, index) => create(String(index).padStart(3, '0'), { index }));
}

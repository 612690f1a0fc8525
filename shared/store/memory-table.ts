import { MemoryRows } from './memory-rows.ts';
import type { CommitResult, RowPage, RowQuery, RowWrite, StoredRow, Table } from './table.ts';

/**
 * A table in memory: the outcomes and limits of {@link AzureTable}, without its failures. Every method takes effect before
 * it returns its promise, so two commits never interleave.
 */
export class MemoryTable implements Table {
  readonly #rows = new MemoryRows();

  async get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined> {
    return this.#rows.get(partitionKey, rowKey);
  }

  async commit(partitionKey: string, writes: readonly RowWrite[]): Promise<CommitResult> {
    return this.#rows.commit(partitionKey, writes);
  }

  async list(query: RowQuery): Promise<RowPage> {
    return this.#rows.list(query);
  }
}

import type { CommitResult, RowPage, RowQuery, RowWrite, StoredRow, Table } from '../shared/store/table.ts';

/** A table that counts the commits in which another writer of the first row was first. */
export class CountingTable implements Table {
  readonly #table: Table;
  #commits = 0;
  #conflicts = 0;

  constructor(table: Table) {
    this.#table = table;
  }

  get commits(): number {
    return this.#commits;
  }

  /** Lost races for the head row; a journal row that exists already is a duplicate, and none of these. */
  get conflicts(): number {
    return this.#conflicts;
  }

  get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined> {
    return this.#table.get(partitionKey, rowKey);
  }

  async commit(partitionKey: string, writes: readonly RowWrite[]): Promise<CommitResult> {
    const result = await this.#table.commit(partitionKey, writes);
    this.#commits += 1;
    if (!result.ok && result.index === 0) this.#conflicts += 1;
    return result;
  }

  list(query: RowQuery): Promise<RowPage> {
    return this.#table.list(query);
  }
}

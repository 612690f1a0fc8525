import type { EventTime } from '../domain/event-time.ts';
import { type CallHead, decodeHead } from './call-head.ts';
import type { IndexUpkeep } from './index-upkeep.ts';
import { ALL_CALLS, HEAD_ROW, ROWS_BESIDE_HEAD } from './keys.ts';
import { StorageError } from './storage-error.ts';
import type { RowPage, RowWrite, StoredRow, Table } from './table.ts';
import { erasedAtOf, tombstoneWrite } from './tombstone.ts';

/** Deletes in one transaction, beside the head; the service takes 100 rows. */
const DELETES_PER_COMMIT = 99;

/** How often an erasure begins again because the call changed under it. */
const ATTEMPTS_MAX = 12;

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** What stands in the place of a call's head. */
export type HeadFound =
  | { readonly kind: 'call'; readonly head: CallHead }
  | { readonly kind: 'erased'; readonly erasedAt: EventTime }
  | { readonly kind: 'none' };

/** The calls as a whole: walks over all of them, and erases. What happens to one goes through {@link CallStore}. */
export class CallPartitions {
  readonly #table: Table;
  readonly #index: IndexUpkeep;

  constructor(table: Table, index: IndexUpkeep) {
    this.#table = table;
    this.#index = index;
  }

  /** What is known of a call, or what is left of it. */
  async find(callKey: string): Promise<HeadFound> {
    const row = await this.#table.get(callKey, HEAD_ROW);
    return row === undefined ? { kind: 'none' } : readHead(row);
  }

  /** Whether there is a call of that key: none that was erased, and none that is not known. */
  async has(callKey: string): Promise<boolean> {
    const row = await this.#table.get(callKey, HEAD_ROW);
    return row !== undefined && erasedAtOf(row) === undefined;
  }

  /** The head rows of all calls, erased ones too, ordered by key; see {@link readHead}. Storage reads every row for it. */
  headRows(page: PageQuery): Promise<RowPage> {
    return this.#table.list({
      partition: ALL_CALLS,
      rows: { from: HEAD_ROW, to: `${HEAD_ROW}!` },
      ...page,
    });
  }

  /** All rows of all calls, ordered by call. */
  rows(page: PageQuery): Promise<RowPage> {
    return this.#table.list({ partition: ALL_CALLS, ...page });
  }

  /**
   * Deletes all that is kept of a call and leaves a tombstone. Whatever request it dies at, doing it again completes
   * it: the head goes last of the call's rows, and the row by day, by which the call is found, last of all.
   *
   * @returns false when there was nothing to erase.
   * @throws StorageError when storage failed, or the call kept changing.
   */
  async erase(callKey: string, erasedAt: EventTime): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const row = await this.#table.get(callKey, HEAD_ROW);
      if (row === undefined || erasedAtOf(row) !== undefined) return false;
      if (await this.#tryErase(row, erasedAt)) return true;
    }
    throw new StorageError('The call kept changing while it was erased.', { transient: true });
  }

  /** Takes the last trace of an erased call away: what comes of it from now on begins it anew. */
  async forget(callKey: string): Promise<void> {
    await this.#table.commit(callKey, [{ kind: 'delete', rowKey: HEAD_ROW }]);
  }

  async #tryErase(row: StoredRow, erasedAt: EventTime): Promise<boolean> {
    const callKey = row.partitionKey;
    const head = decodeHead(row);
    const last = await this.#deleteAllButSome(callKey);
    if (last === undefined) return false;
    await this.#index.removeFinders(head);
    // The rest and the head in one: a call of a usual size is there whole, or erased.
    const { ok } = await this.#table.commit(callKey, [tombstoneWrite(row.etag, erasedAt), ...last]);
    if (ok) await this.#index.removeDay(callKey, head.call.createdAt);
    return ok;
  }

  /** Deletes rows beside the head until one transaction holds the rest, which it returns; undefined: begin again. */
  async #deleteAllButSome(callKey: string): Promise<RowWrite[] | undefined> {
    let cursor: string | undefined;
    for (;;) {
      const page = await this.#table.list({
        partition: callKey,
        rows: ROWS_BESIDE_HEAD,
        limit: DELETES_PER_COMMIT,
        cursor,
      });
      const deletes = page.rows.map(({ rowKey }): RowWrite => ({ kind: 'delete', rowKey }));
      if (page.cursor === undefined) return deletes;
      cursor = page.cursor;
      if (deletes.length > 0 && !(await this.#table.commit(callKey, deletes)).ok) return undefined;
    }
  }
}

/** @throws StorageError for the head of a newer version. */
export function readHead(row: StoredRow): HeadFound {
  const erasedAt = erasedAtOf(row);
  return erasedAt === undefined ? { kind: 'call', head: decodeHead(row) } : { kind: 'erased', erasedAt };
}

import { assertCommitFits, assertQuery, assertRowFits, PAGE_LIMIT_ROWS } from './row-limits.ts';
import { StorageError } from './storage-error.ts';
import type {
  CommitResult,
  KeyRange,
  RowPage,
  RowQuery,
  RowValue,
  RowValues,
  RowWrite,
  StoredRow,
} from './table.ts';

interface MemoryRow {
  readonly etag: string;
  readonly values: RowValues;
}

type Partition = Map<string, MemoryRow>;

const NO_ROWS: ReadonlyMap<string, MemoryRow> = new Map();

/**
 * The rows of a table in memory, with the outcomes and limits of {@link AzureTable}.
 *
 * Rows are copied on their way in and out. A get or a write costs the same however many rows there are; keys are sorted by
 * `list` alone.
 */
export class MemoryRows {
  readonly #partitions = new Map<string, Partition>();
  #writes = 0;

  get(partitionKey: string, rowKey: string): StoredRow | undefined {
    const row = this.#partitions.get(partitionKey)?.get(rowKey);
    return row === undefined ? undefined : toStoredRow(partitionKey, rowKey, row);
  }

  commit(partitionKey: string, writes: readonly RowWrite[]): CommitResult {
    assertCommitFits(partitionKey, writes);
    const partition = this.#partitions.get(partitionKey) ?? new Map<string, MemoryRow>();
    for (const [index, write] of writes.entries()) {
      const conflict = findConflict(partition.get(write.rowKey), write);
      if (conflict !== undefined) {
        return { ok: false, conflict, index };
      }
    }

    const rows = writes.map(write => this.#makeRow(partitionKey, partition.get(write.rowKey), write));
    for (const [index, write] of writes.entries()) {
      const row = rows[index];
      if (row === undefined) {
        partition.delete(write.rowKey);
      } else {
        partition.set(write.rowKey, row);
      }
    }
    this.#keep(partitionKey, partition);
    return { ok: true, etags: rows.map(row => row?.etag ?? '') };
  }

  list(query: RowQuery): RowPage {
    assertQuery(query);
    const limit = query.limit ?? PAGE_LIMIT_ROWS;
    const rows: StoredRow[] = [];
    for (const [partitionKey, rowKey, row] of this.#walk(query)) {
      if (rows.length === limit) {
        return { rows, cursor: encodeCursor(partitionKey, rowKey) };
      }
      rows.push(toStoredRow(partitionKey, rowKey, row));
    }
    return { rows };
  }

  /** Every row, in no particular order, as it lies here and not as a copy: for whoever only looks. */
  all(): StoredRow[] {
    const rows: StoredRow[] = [];
    for (const [partitionKey, partition] of this.#partitions) {
      for (const [rowKey, { etag, values }] of partition) rows.push({ partitionKey, rowKey, etag, values });
    }
    return rows;
  }

  /** Makes the row that a write leaves; undefined for a delete. */
  #makeRow(partitionKey: string, before: MemoryRow | undefined, write: RowWrite): MemoryRow | undefined {
    if (write.kind === 'delete') {
      return undefined;
    }
    this.#writes++;
    const etag = `W/"${this.#writes}"`;
    if (write.kind !== 'merge' || before === undefined) {
      return { etag, values: copyValues(write.values) };
    }
    const values = { ...before.values, ...copyValues(write.values) };
    assertRowFits(partitionKey, write.rowKey, values);
    return { etag, values };
  }

  #keep(partitionKey: string, partition: Partition): void {
    if (partition.size === 0) {
      this.#partitions.delete(partitionKey);
    } else {
      this.#partitions.set(partitionKey, partition);
    }
  }

  /** The rows of a query in order, from its cursor on. */
  *#walk(query: RowQuery): Generator<readonly [string, string, MemoryRow]> {
    const start = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const partitionKeys =
      typeof query.partition === 'string'
        ? [query.partition]
        : sortedKeys(this.#partitions, query.partition, start?.partitionKey);
    for (const partitionKey of partitionKeys) {
      const partition = this.#partitions.get(partitionKey) ?? NO_ROWS;
      const fromRowKey = start?.partitionKey === partitionKey ? start.rowKey : undefined;
      for (const rowKey of sortedKeys(partition, query.rows, fromRowKey)) {
        const row = partition.get(rowKey);
        if (row !== undefined) {
          yield [partitionKey, rowKey, row];
        }
      }
    }
  }
}

function findConflict(
  row: MemoryRow | undefined,
  write: RowWrite,
): 'exists' | 'changed' | 'absent' | undefined {
  switch (write.kind) {
    case 'create':
      return row === undefined ? undefined : 'exists';
    case 'replace':
      if (row === undefined) {
        return 'absent';
      }
      return row.etag === write.etag ? undefined : 'changed';
    case 'delete':
      return row === undefined ? 'absent' : undefined;
    case 'upsert':
    case 'merge':
      return undefined;
  }
}

/** Sorts by UTF-16 code unit, as the service does. */
function sortedKeys(
  map: ReadonlyMap<string, unknown>,
  range: KeyRange | undefined,
  from: string | undefined,
): string[] {
  const keys: string[] = [];
  for (const key of map.keys()) {
    const inRange = range === undefined || (key >= range.from && key < range.to);
    if (inRange && (from === undefined || key >= from)) {
      keys.push(key);
    }
  }
  return keys.sort();
}

function toStoredRow(partitionKey: string, rowKey: string, row: MemoryRow): StoredRow {
  return { partitionKey, rowKey, etag: row.etag, values: copyValues(row.values) };
}

function copyValues(values: RowValues): RowValues {
  const copy: Record<string, RowValue | undefined> = { ...values };
  for (const name in copy) {
    const value = copy[name];
    if (value === undefined) {
      delete copy[name];
    } else if (value instanceof Uint8Array) {
      copy[name] = new Uint8Array(value);
    } else if (value === 0) {
      // JSON, in which a row travels to the service, knows no negative zero.
      copy[name] = 0;
    }
  }
  return copy as RowValues;
}

function encodeCursor(partitionKey: string, rowKey: string): string {
  return JSON.stringify([partitionKey, rowKey]);
}

function decodeCursor(cursor: string): { readonly partitionKey: string; readonly rowKey: string } {
  try {
    const [partitionKey, rowKey] = JSON.parse(cursor) as [string, string];
    return { partitionKey, rowKey };
  } catch (error) {
    throw new StorageError('no cursor of this table', { transient: false, cause: error });
  }
}

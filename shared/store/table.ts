/** A value that Azure Table Storage can hold; a string at most 32,768 UTF-16 units, bytes at most 64 KiB. */
export type RowValue = string | number | boolean | Uint8Array;

export type RowValues = Readonly<Record<string, RowValue>>;

export interface StoredRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  /** Changes with every write of the row. */
  readonly etag: string;
  readonly values: RowValues;
}

/**
 * One write of a commit.
 *
 * `create` fails when the row exists; `replace` fails when the row has another ETag or is gone; `upsert` replaces
 * the row whatever it was; `merge` sets the given values and keeps the others, making the row where there is none;
 * `delete` fails when there is no row, and takes no ETag (the SDK drops it inside a transaction).
 */
export type RowWrite =
  | { readonly kind: 'create'; readonly rowKey: string; readonly values: RowValues }
  | { readonly kind: 'replace'; readonly rowKey: string; readonly values: RowValues; readonly etag: string }
  | { readonly kind: 'upsert'; readonly rowKey: string; readonly values: RowValues }
  | { readonly kind: 'merge'; readonly rowKey: string; readonly values: RowValues }
  | { readonly kind: 'delete'; readonly rowKey: string };

/** What a commit came to: nothing of a commit that met a conflict was written. */
export type CommitResult =
  | {
      readonly ok: true;
      /** The new ETag of each written row, in the order of the writes; empty for a delete. */
      readonly etags: readonly string[];
    }
  | {
      readonly ok: false;
      /** `exists`: a create met a row · `changed`: another ETag · `absent`: nothing to replace or delete. */
      readonly conflict: 'exists' | 'changed' | 'absent';
      /** Which write of the commit failed, counted from 0. */
      readonly index: number;
    };

/** Bounds are inclusive at `from` and exclusive at `to`; keys compare by UTF-16 code unit. */
export interface KeyRange {
  readonly from: string;
  readonly to: string;
}

export interface RowQuery {
  /** One partition, or a range of them: rows come ordered by partition key, then row key. */
  readonly partition: string | KeyRange;
  /** Row keys, the same in every partition of a range; storage then reads all rows of the range to find them. */
  readonly rows?: KeyRange;
  /** Rows in a page, 1 to 1,000 (the service's maximum, and the default). */
  readonly limit?: number;
  /** From the page before; opaque. */
  readonly cursor?: string | undefined;
}

export interface RowPage {
  readonly rows: readonly StoredRow[];
  /** Present when there may be more. A page can be empty and still have a cursor. */
  readonly cursor?: string | undefined;
}

/**
 * One table of Azure Table Storage, as far as Ringback uses it.
 *
 * Every method throws {@link StorageError} for what is not an expected outcome; after a throw the write may or may
 * not have happened. A table that does not exist yet is created on first use.
 */
export interface Table {
  get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined>;

  /**
   * Writes all rows or none: 1 to 100 writes of one partition, each row once, under 4 MiB together.
   *
   * @see https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
   */
  commit(partitionKey: string, writes: readonly RowWrite[]): Promise<CommitResult>;

  list(query: RowQuery): Promise<RowPage>;
}

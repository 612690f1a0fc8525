import { StorageError } from './storage-error.ts';
import type { RowQuery, RowValue, RowValues, RowWrite } from './table.ts';

/** Writes in one commit, at most. */
const COMMIT_WRITE_LIMIT = 100;

/** UTF-16 code units in one string value, at most. */
const STRING_LIMIT_UNITS = 32_768;

/** Bytes in one binary value, at most. */
const BINARY_LIMIT_BYTES = 65_536;

/** Values in one row, at most: the service's 255 less its own three. */
const ROW_VALUE_LIMIT = 252;

/** Rows in one page, at most. */
export const PAGE_LIMIT_ROWS = 1000;

const COMMIT_LIMIT_BYTES = 4 * 1024 * 1024;
const ROW_LIMIT_BYTES = 1024 * 1024;
const KEY_LIMIT_UNITS = 512;

// What the request says about one write besides its values: boundary, URL, headers, type annotations.
const WRITE_OVERHEAD_BYTES = 1024;
const VALUE_OVERHEAD_BYTES = 48;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the service forbids them in keys.
const FORBIDDEN_IN_KEY = /[/\\#?{}\u0000-\u001f\u007f-\u009f]/;
const VALUE_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,254}$/;
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  'PartitionKey',
  'RowKey',
  'Timestamp',
  'partitionKey',
  'rowKey',
  'timestamp',
  'etag',
]);

/**
 * Checks a commit against the limits of Azure Table Storage before it is sent.
 *
 * Not left to the service, because a refusal in the middle of a large upload can reach the client as a dropped
 * connection, which reads like a transient failure; and so that both tables refuse the same. The sizes are taken on
 * the safe side.
 *
 * Keys are at most 512 units, without control characters and `/ \ # ?`, which the service forbids, without lone
 * surrogates, which no URL can hold, and without `{ }`, which the SDK takes for an error when it reads the answer to
 * a transaction.
 *
 * @throws {StorageError} not transient, naming the limit and the row.
 * @see https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
 * @see https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
 */
export function assertCommitFits(partitionKey: string, writes: readonly RowWrite[]): void {
  if (writes.length < 1 || writes.length > COMMIT_WRITE_LIMIT) {
    refuse(`a commit takes 1 to ${COMMIT_WRITE_LIMIT} writes, not ${writes.length}`);
  }
  assertKey('partition key', partitionKey);
  const rowKeys = new Set<string>();
  for (const write of writes) {
    assertKey('row key', write.rowKey);
    rowKeys.add(write.rowKey);
    if (write.kind !== 'delete') assertRowFits(partitionKey, write.rowKey, write.values);
    // An empty If-Match is no condition at all, and `*` is met by every row.
    if (write.kind === 'replace' && (write.etag === '' || write.etag === '*')) {
      refuse(`row ${write.rowKey}: a replace needs the ETag of a row`);
    }
  }
  if (rowKeys.size !== writes.length) {
    refuse('a commit takes each row once');
  }
  if (!isWithinCommitBytes(partitionKey, writes)) {
    refuse(`a commit takes less than ${COMMIT_LIMIT_BYTES} bytes`);
  }
}

/** Whether the writes are small enough for one commit together, as {@link assertCommitFits} takes their sizes. */
export function isWithinCommitBytes(partitionKey: string, writes: readonly RowWrite[]): boolean {
  let atMostBytes = 0;
  for (const write of writes) {
    atMostBytes += WRITE_OVERHEAD_BYTES + 12 * (partitionKey.length + write.rowKey.length);
    if (write.kind !== 'delete') atMostBytes += sumOverValues(write.values, atMostRequestBytes);
  }
  return atMostBytes <= COMMIT_LIMIT_BYTES || requestBytes(partitionKey, writes) <= COMMIT_LIMIT_BYTES;
}

/**
 * Checks one row as it will lie in the table.
 *
 * @throws {StorageError} not transient.
 */
export function assertRowFits(partitionKey: string, rowKey: string, values: RowValues): void {
  const names = Object.keys(values);
  if (names.length > ROW_VALUE_LIMIT) {
    refuse(`row ${rowKey}: ${names.length} values, at most ${ROW_VALUE_LIMIT}`);
  }
  let bytes = 4 + 2 * (partitionKey.length + rowKey.length);
  for (const name of names) {
    const value = values[name];
    if (!isName(name)) {
      refuse(`row ${rowKey}: ${JSON.stringify(name)} is no name for a value`);
    }
    if (value === undefined || !isStorable(value)) {
      refuse(`row ${rowKey}: the value of ${name} is too long, or no value that a table holds`);
    } else {
      bytes += 8 + 2 * name.length + storedBytes(value);
    }
  }
  if (bytes > ROW_LIMIT_BYTES) {
    refuse(`row ${rowKey}: ${bytes} bytes, at most ${ROW_LIMIT_BYTES}`);
  }
}

/**
 * Checks a query: 1 to 1,000 rows in a page.
 *
 * @throws {StorageError} not transient.
 */
export function assertQuery(query: RowQuery): void {
  const { limit = PAGE_LIMIT_ROWS } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_LIMIT_ROWS) {
    refuse(`a page takes 1 to ${PAGE_LIMIT_ROWS} rows, not ${limit}`);
  }
}

/** Names that were looked at before, which are few: all of them stand in our own code. */
const GOOD_NAMES = new Set<string>();

function isName(name: string): boolean {
  if (GOOD_NAMES.has(name)) return true;
  if (!VALUE_NAME.test(name) || RESERVED_NAMES.has(name)) return false;
  GOOD_NAMES.add(name);
  return true;
}

function refuse(message: string): never {
  throw new StorageError(message, { transient: false });
}

function assertKey(kind: string, key: string): void {
  if (key.length > KEY_LIMIT_UNITS || FORBIDDEN_IN_KEY.test(key) || !key.isWellFormed()) {
    refuse(`${JSON.stringify(key.slice(0, 80))} is no ${kind}`);
  }
}

function isStorable(value: RowValue): boolean {
  if (typeof value === 'string') {
    return value.length <= STRING_LIMIT_UNITS;
  }
  if (value instanceof Uint8Array) {
    return value.byteLength <= BINARY_LIMIT_BYTES;
  }
  return typeof value === 'boolean' || Number.isFinite(value);
}

/** @see https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model */
function storedBytes(value: RowValue): number {
  if (typeof value === 'string') {
    return 4 + 2 * value.length;
  }
  return value instanceof Uint8Array ? 4 + value.byteLength : 8;
}

function sumOverValues(values: RowValues, bytesOf: (value: RowValue) => number): number {
  let bytes = 0;
  for (const name in values) {
    const value = values[name];
    bytes += VALUE_OVERHEAD_BYTES + name.length + (value === undefined ? 0 : bytesOf(value));
  }
  return bytes;
}

/** No more than six bytes of JSON come of a UTF-16 unit: counting exactly is left to the commits that are near. */
function atMostRequestBytes(value: RowValue): number {
  if (typeof value === 'string') {
    return 6 * value.length;
  }
  return value instanceof Uint8Array ? 4 * Math.ceil(value.byteLength / 3) : 24;
}

function exactRequestBytes(value: RowValue): number {
  return typeof value === 'string' ? Buffer.byteLength(JSON.stringify(value)) : atMostRequestBytes(value);
}

function requestBytes(partitionKey: string, writes: readonly RowWrite[]): number {
  let bytes = 0;
  for (const write of writes) {
    bytes += WRITE_OVERHEAD_BYTES;
    bytes += 2 * keyBytes(partitionKey) + 2 * keyBytes(write.rowKey);
    bytes += write.kind === 'delete' ? 0 : sumOverValues(write.values, exactRequestBytes);
  }
  return bytes;
}

/** In the URL, where a key takes more than in the body. */
function keyBytes(key: string): number {
  return encodeURIComponent(key).length;
}

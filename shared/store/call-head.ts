import type { Call } from '../domain/call.ts';
import type { EventTime } from '../domain/event-time.ts';
import { decodeText, encodeText } from './document.ts';
import { StorageError } from './storage-error.ts';
import type { RowValues, StoredRow } from './table.ts';

/** The layout of the head row; a reader that meets a higher one must not write. */
const LAYOUT_VERSION = 1;

/** The head row of a call's partition: its state, and what the store itself must remember. */
export interface CallHead {
  readonly call: Call;
  /** How many events the journal holds. */
  readonly journalCount: number;
  /** Where the index by day has the call: the first event time known when its head was made, never changed after. */
  readonly indexedAt: EventTime;
  /** The participants' rows are behind the state: they did not fit the transaction that changed it. */
  readonly projectionPending: boolean;
}

/** @throws StorageError (permanent) when the call has grown beyond what a row can hold. */
export function encodeHead(head: CallHead): RowValues {
  return {
    ...encodeText(JSON.stringify(head.call)),
    v: LAYOUT_VERSION,
    n: head.journalCount,
    indexedAt: head.indexedAt,
    pending: head.projectionPending,
    state: head.call.state,
  };
}

/**
 * @throws StorageError for a row that a newer version wrote; transient, since it meets it while it is being replaced
 *   by that version.
 */
export function decodeHead(row: StoredRow): CallHead {
  const { v, n, indexedAt, pending } = row.values;
  if (Number(v) > LAYOUT_VERSION) {
    throw new StorageError(`Call ${row.partitionKey} was written by a newer version.`, { transient: true });
  }
  return {
    call: JSON.parse(decodeText(row.values)) as Call,
    journalCount: Number(n),
    indexedAt: String(indexedAt) as EventTime,
    projectionPending: pending === true,
  };
}

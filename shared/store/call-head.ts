import type { Call } from '../domain/call.ts';
import type { EventTime } from '../domain/event-time.ts';
import { decodeText, encodeText } from './document.ts';
import { NewerVersionError } from './storage-error.ts';
import type { RowValues, StoredRow } from './table.ts';

/** The layout of the head row; a reader that meets a higher one must not write. */
const LAYOUT_VERSION = 1;

/** Where the sending of one action stands: who sends it, and when it may be sent again. */
export interface Delivery {
  /** The commit that claimed the action for its worker; null when nobody is sending it. */
  readonly claimedBy: string | null;
  /** Until then nobody else may take the claim for abandoned. */
  readonly leaseUntil: EventTime | null;
  /** When the first request of this generation went out. */
  readonly firstSentAt: EventTime | null;
  /** Counts the requests that are one to ACS; a new one begins only when the last was certainly not carried out. */
  readonly generation: number;
  /** How often it was tried. */
  readonly attempts: number;
  /** An earlier send of this generation may have been carried out: then no later one can tell that it was not. */
  readonly isRepeat: boolean;
  /** Where ACS is to send the events that follow: made anew for each generation, and kept for all sends of it. */
  readonly callbackUri: string | null;
  readonly notBefore: EventTime | null;
  /** Why its last sender gave it back; not there while it is sent. */
  readonly reason?: string | undefined;
  /** It waits for a line of the caller's number, and is told when there is one. */
  readonly waitsForLine?: true | undefined;
}

/** The head row of a call's partition: its state, and what the store itself must remember. */
export interface CallHead {
  /** The fold of the journal. */
  readonly call: Call;
  /** How many events the journal holds. */
  readonly journalCount: number;
  /** The projected rows are behind the state: they did not fit the transaction that changed it. */
  readonly projectionPending: boolean;
  /** Names the commit that wrote this head, so that a commit without an answer can be recognised. */
  readonly commitId: string;
  /** When something was last received about the call, by our own clock. */
  readonly heardAt: EventTime;
  /** By action id; only of actions that were claimed at least once. */
  readonly deliveries: Readonly<Record<string, Delivery>>;
  /** The time of the alarm that was last put into the queue, while it is awaited. */
  readonly alarmAt: EventTime | null;
}

/** @throws StorageError (permanent) when the call has grown beyond what a row can hold. */
export function encodeHead({ journalCount, projectionPending, commitId, ...document }: CallHead): RowValues {
  return {
    ...encodeText(JSON.stringify(document)),
    v: LAYOUT_VERSION,
    n: journalCount,
    pending: projectionPending,
    commitId,
    state: document.call.state,
  };
}

type HeadDocument = Pick<CallHead, 'call' | 'heardAt' | 'deliveries' | 'alarmAt'>;

/**
 * @throws NewerVersionError for a row that a newer version wrote.
 */
export function decodeHead(row: StoredRow): CallHead {
  const { v, n, pending, commitId } = row.values;
  if (Number(v) > LAYOUT_VERSION) {
    throw new NewerVersionError(`Call ${row.partitionKey} was written by a newer version.`);
  }
  return {
    ...(JSON.parse(decodeText(row.values)) as HeadDocument),
    journalCount: Number(n),
    projectionPending: pending === true,
    commitId: String(commitId),
  };
}

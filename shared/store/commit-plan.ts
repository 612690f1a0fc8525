import type { Action, NotDone } from '../domain/action.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { Participant } from '../domain/stays.ts';
import { type CallHead, type Delivery, encodeHead } from './call-head.ts';
import type { IndexFacts } from './call-index.ts';
import { HEAD_ROW, participantRow } from './keys.ts';
import { encodeParticipant } from './participant-row.ts';
import type { RowWrite } from './table.ts';

/** Rows in one transaction; the service takes 100. */
export const ROWS_PER_COMMIT = 90;

/** What is to be recorded of a call. */
export interface CommitRequest {
  /** At most 30; the ones that are in the journal already change nothing. */
  readonly events: readonly CallEvent[];
  /** Deliveries that their sender gives back, by action id. */
  readonly releases?: Readonly<Record<string, Release>>;
  /** Which of the events say that ACS refused a send, by their fingerprints, each under the claim of who sent. */
  readonly refusals?: Readonly<Record<string, string>>;
  /** The alarms that were put for these times have rung. */
  readonly rang?: readonly EventTime[];
  /** The call that waited for a line of its number is on one. */
  readonly hasLine?: boolean;
}

/** A delivery given back; it counts only while the claim of the one who gives it back still stands. */
export interface Release {
  readonly claimedBy: string;
  readonly delivery: Delivery;
}

/** What one transaction is to write, and what is true once it has. */
export interface CommitPlan {
  /** The head first, then a journal row for each event in their order, then what is projected. */
  readonly writes: readonly RowWrite[];
  readonly head: CallHead;
  readonly facts: IndexFacts;
  /** The action that this commit claims: whoever made the commit must send it, and nobody else may. */
  readonly claimed: Action | undefined;
  /** Actions of which this commit records that they are skipped, that they failed, or that their outcome is unknown. */
  readonly notDone: readonly NotDone[];
  /** An alarm that must be in the queue once the commit is made. */
  readonly alarmAt: EventTime | undefined;
}

/** The write that only succeeds where the head is still the one that was read. */
export function headWrite(head: CallHead, etag: string | undefined): RowWrite {
  const values = encodeHead(head);
  return etag === undefined
    ? { kind: 'create', rowKey: HEAD_ROW, values }
    : { kind: 'replace', rowKey: HEAD_ROW, values, etag };
}

export function participantWrite(participant: Participant): RowWrite {
  return { kind: 'upsert', rowKey: participantRow(participant), values: encodeParticipant(participant) };
}

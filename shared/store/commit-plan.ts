import type { Action, NotDone } from '../domain/action.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';
import { type Participant, participantsOf } from '../domain/stays.ts';
import { type CallHead, type Delivery, encodeHead } from './call-head.ts';
import type { IndexFacts } from './call-index.ts';
import { HEAD_ROW, participantRow } from './keys.ts';
import { actionWrite, timerWrite } from './ledger-rows.ts';
import { encodeParticipant } from './participant-row.ts';
import { isWithinCommitBytes } from './row-limits.ts';
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

/** Every row that is projected from a head: its actions, timers and participants. */
export function projectedWrites(head: CallHead): RowWrite[] {
  const { actions, timers } = head.call;
  return [
    ...actions.map(action => actionWrite(head, action)),
    ...timers.map(timerWrite),
    ...participantsOf(head.call).map(participantWrite),
  ];
}

/** Whether one transaction takes these rows, by their number and by their size. */
export function fitsOneCommit(callKey: string, writes: readonly RowWrite[]): boolean {
  return writes.length <= ROWS_PER_COMMIT && isWithinCommitBytes(callKey, writes);
}

/** Projected rows in parts, each of which fits one transaction beside the head. */
export function partsBeside(head: RowWrite, callKey: string, rows: readonly RowWrite[]): RowWrite[][] {
  const parts: RowWrite[][] = [];
  for (let from = 0; from < rows.length; from += parts.at(-1)?.length ?? 0) {
    let part = rows.slice(from, from + ROWS_PER_COMMIT - 1);
    while (part.length > 1 && !fitsOneCommit(callKey, [head, ...part])) {
      part = part.slice(0, Math.ceil(part.length / 2));
    }
    parts.push(part);
  }
  return parts;
}

import type { Call } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import { reduceCall } from '../domain/reduce-call.ts';
import { type Participant, participantsOf } from '../domain/stays.ts';
import { type CallHead, encodeHead } from './call-head.ts';
import type { IndexFacts } from './call-index.ts';
import type { CachedHead } from './head-cache.ts';
import { encodeJournalEntry } from './journal-row.ts';
import { HEAD_ROW, journalRow, participantRow } from './keys.ts';
import { encodeParticipant } from './participant-row.ts';
import type { RowWrite } from './table.ts';

/** Rows in one transaction; the service takes 100. */
export const ROWS_PER_COMMIT = 90;

/** What one transaction is to write, and what is true once it has. */
export interface CommitPlan {
  /** The head first, then a journal row for each event in their order, then participants. */
  readonly writes: readonly RowWrite[];
  readonly head: CallHead;
  readonly facts: IndexFacts;
}

/**
 * Applies events to a call and plans the one transaction that records them. Pure.
 *
 * @param events at least one, at most 30, none of them known to be in the journal already.
 */
export function planCommit(
  callKey: string,
  cached: CachedHead | undefined,
  events: readonly CallEvent[],
): CommitPlan {
  const before = cached?.head.call;
  let call = before;
  for (const event of events) call = reduceCall(call, event, callKey).call;
  if (call === undefined) throw new RangeError('A commit needs at least one event.');

  const recorded = cached?.head.journalCount ?? 0;
  const journal = events.map((event, index) => ({
    kind: 'create' as const,
    rowKey: journalRow(event.fingerprint),
    values: encodeJournalEntry({ number: recorded + index + 1, event }),
  }));
  const participants = changedParticipants(before, call);
  const fits = 1 + journal.length + participants.length <= ROWS_PER_COMMIT;
  const head: CallHead = {
    call,
    journalCount: recorded + events.length,
    indexedAt: cached?.head.indexedAt ?? call.createdAt,
    projectionPending: (cached?.head.projectionPending ?? false) || !fits,
  };
  return {
    writes: [headWrite(head, cached?.etag), ...journal, ...(fits ? participants.map(participantWrite) : [])],
    head,
    facts: {
      opened: before === undefined,
      bound: call.wireId !== null && (before?.wireId ?? null) === null,
      ended: call.endedAt !== null && (before?.endedAt ?? null) === null,
    },
  };
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

function changedParticipants(before: Call | undefined, after: Call): Participant[] {
  if (before?.roster === after.roster && before.endedAt === after.endedAt) return [];
  const known = new Map(
    before === undefined ? [] : participantsOf(before).map(entry => [participantRow(entry), entry]),
  );
  return participantsOf(after).filter(
    participant => JSON.stringify(participant) !== JSON.stringify(known.get(participantRow(participant))),
  );
}

import { expect } from 'vitest';
import type { Call } from '../../shared/domain/call.ts';
import type { CallEvent } from '../../shared/domain/call-event.ts';
import { reduceCall } from '../../shared/domain/reduce-call.ts';
import { participantsOf } from '../../shared/domain/stays.ts';
import { callKeyOf } from '../../shared/ids/call-key.ts';
import { decodeHead } from '../../shared/store/call-head.ts';
import { decodeJournalEntry } from '../../shared/store/journal-row.ts';
import {
  aliasPartition,
  dayKeys,
  HEAD_ROW,
  OPEN_PARTITION,
  participantRow,
} from '../../shared/store/keys.ts';
import { encodeParticipant } from '../../shared/store/participant-row.ts';
import type { KeyRange, StoredRow, Table } from '../../shared/store/table.ts';

/** The tables that a call is recorded in. */
export interface CallTables {
  readonly calls: Table;
  readonly index: Table;
}

/**
 * Expects the tables to hold exactly these events of a call: each once in a journal without gaps, the state that they
 * come to in whatever order, every participant in its row, and all that the index has to know.
 */
export async function expectRecorded(
  { calls, index }: CallTables,
  callKey: string,
  events: readonly CallEvent[],
): Promise<void> {
  const row = await calls.get(callKey, HEAD_ROW);
  if (row === undefined) throw new Error(`Call ${callKey} has no head.`);
  const { call, journalCount, indexedAt, projectionPending } = decodeHead(row);

  const entries = (await rowsOf(calls, callKey, { from: 'j~', to: 'j~~' })).map(decodeJournalEntry);
  const journal = entries.toSorted((a, b) => a.number - b.number);
  const expected = new Set(events.map(event => event.fingerprint));
  expect(journal.map(entry => entry.event.fingerprint).toSorted()).toEqual([...expected].toSorted());
  expect(journal.map(entry => entry.number)).toEqual(journal.map((_, position) => position + 1));
  expect(journalCount).toBe(journal.length);

  expect(call, 'the state is the fold of the journal').toEqual(
    foldEvents(
      callKey,
      journal.map(entry => entry.event),
    ),
  );
  expect(call, 'the state is the fold of the events in any order').toEqual(foldEvents(callKey, events));

  expect(projectionPending).toBe(false);
  const participants = await rowsOf(calls, callKey, { from: 'p~', to: 'p~~' });
  expect(Object.fromEntries(participants.map(({ rowKey, values }) => [rowKey, values]))).toEqual(
    Object.fromEntries(participantsOf(call).map(entry => [participantRow(entry), encodeParticipant(entry)])),
  );
  await expectIndexed(index, call, indexedAt);
}

async function expectIndexed(index: Table, call: Call, indexedAt: Call['createdAt']): Promise<void> {
  const { callKey, wireId } = call;
  const { partitionKey, rowKey } = dayKeys(callKey, indexedAt);
  expect((await index.get(partitionKey, rowKey))?.values, 'in the index by day').toEqual({ callKey });
  const open = await index.get(OPEN_PARTITION, callKey);
  if (call.endedAt === null) expect(open?.values, 'among the open calls').toEqual({ callKey });
  else expect(open?.values['ended'], 'marked as ended').toBe(true);
  if (wireId !== null && callKeyOf(wireId) !== callKey) {
    expect((await index.get(aliasPartition(wireId), '!'))?.values, 'by its wire id').toEqual({ callKey });
  }
}

/** All rows of a partition in a range. */
async function rowsOf(table: Table, partition: string, rows: KeyRange): Promise<StoredRow[]> {
  const found: StoredRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await table.list({ partition, rows, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.rows);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return found;
}

function foldEvents(callKey: string, events: readonly CallEvent[]): Call | undefined {
  let call: Call | undefined;
  for (const event of events) ({ call } = reduceCall(call, event, callKey));
  return call;
}

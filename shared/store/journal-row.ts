import type { CallEvent } from '../domain/call-event.ts';
import { decodeText, encodeText } from './document.ts';
import type { RowValues, StoredRow } from './table.ts';

/** An event as the journal keeps it, with its place in the order of application, from 1. */
export interface JournalEntry {
  readonly number: number;
  readonly event: CallEvent;
}

/** The type and the times are columns of their own for people who look into the table. */
export function encodeJournalEntry({ number, event }: JournalEntry): RowValues {
  return {
    ...encodeText(JSON.stringify(event)),
    n: number,
    type: event.type,
    at: event.at,
    receivedAt: event.receivedAt,
  };
}

export function decodeJournalEntry(row: StoredRow): JournalEntry {
  return { number: Number(row.values['n']), event: JSON.parse(decodeText(row.values)) as CallEvent };
}

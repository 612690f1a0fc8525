import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { decodeJournalEntry } from '../../../shared/store/journal-row.ts';
import { journalRow } from '../../../shared/store/keys.ts';
import type { StoredRow } from '../../../shared/store/table.ts';

/** A row of a journal. What it holds is decoded when it is asked for: most checks do with what the row says of it. */
export class JournalEvidence {
  readonly number: number;
  readonly type: string;
  readonly fingerprint: string;
  readonly #row: StoredRow;
  #event: CallEvent | undefined;

  constructor(row: StoredRow) {
    this.number = Number(row.values['n']);
    this.type = String(row.values['type']);
    this.fingerprint = row.rowKey.slice(journalRow('').length);
    this.#row = row;
  }

  get event(): CallEvent {
    this.#event ??= decodeJournalEntry(this.#row).event;
    return this.#event;
  }
}

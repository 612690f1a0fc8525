import type { EventTime } from '../domain/event-time.ts';
import { PROGRESS_PARTITION } from './keys.ts';
import type { Table } from './table.ts';

/** The right to go on with some work, proven by the ETag of its row. */
export interface Held {
  readonly name: string;
  readonly etag: string;
  /** Where the work stands; undefined at its beginning. */
  readonly cursor: string | undefined;
}

/** Where the work stands from now on, and until when nobody else may take it up. */
export interface Step {
  readonly cursor: string | undefined;
  readonly until: EventTime;
}

/**
 * How far work has come that goes on from run to run: a row for each kind, which only one run holds at a time. A run
 * that dies holds it until its lease ends; the next goes on where the last one noted that it was.
 *
 * The lease keeps two runs from doing the same work; nothing goes wrong where it fails to.
 */
export class Progress {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Undefined when somebody else is at it. */
  async take(
    name: string,
    { now, until }: { readonly now: EventTime; readonly until: EventTime },
  ): Promise<Held | undefined> {
    const row = await this.#table.get(PROGRESS_PARTITION, name);
    const { until: heldUntil = '', cursor = '' } = row?.values ?? {};
    if (String(heldUntil) > now) return undefined;
    return this.#write(name, row?.etag, { cursor: String(cursor) || undefined, until });
  }

  /** Notes a step. Undefined when somebody else took the work over. */
  keep({ name, etag }: Held, step: Step): Promise<Held | undefined> {
    return this.#write(name, etag, step);
  }

  async #write(name: string, etag: string | undefined, { cursor, until }: Step): Promise<Held | undefined> {
    const values = { until, cursor: cursor ?? '' };
    const write =
      etag === undefined
        ? ({ kind: 'create', rowKey: name, values } as const)
        : ({ kind: 'replace', rowKey: name, values, etag } as const);
    const result = await this.#table.commit(PROGRESS_PARTITION, [write]);
    const written = result.ok ? result.etags[0] : undefined;
    return written === undefined ? undefined : { name, etag: written, cursor };
  }
}

import type { EventTime } from '../domain/event-time.ts';
import { callKeyOf } from '../ids/call-key.ts';
import type { CallHead } from './call-head.ts';
import { aliasPartition, dayKeys, dayPartitions, OPEN_PARTITION } from './keys.ts';
import type { Table } from './table.ts';

/** Facts about a call that the index keeps; each is true once and for ever. */
export interface IndexFacts {
  readonly opened: boolean;
  readonly bound: boolean;
  readonly ended: boolean;
}

/** Keys of calls, in the order of the index. */
export interface CallKeyPage {
  readonly callKeys: readonly string[];
  readonly cursor?: string;
}

/**
 * Finds calls: by day, among the open ones, and by the id that ACS gave them.
 *
 * All of it is written after the call itself, by merges that may be repeated and may overtake each other, so it can be
 * behind for a moment but never wrong for good. It holds no state: readers take that from the head.
 */
export class CallIndex {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Merges the facts; harmless to repeat. */
  async merge({ call, indexedAt }: CallHead, facts: IndexFacts): Promise<void> {
    const { callKey, wireId } = call;
    const writes: Promise<unknown>[] = [];
    if (facts.opened) {
      const { partitionKey, rowKey } = dayKeys(callKey, indexedAt);
      writes.push(this.#table.commit(partitionKey, [{ kind: 'merge', rowKey, values: { callKey } }]));
    }
    if (facts.bound && wireId !== null && callKeyOf(wireId) !== callKey) {
      const row = { kind: 'merge', rowKey: '!', values: { callKey } } as const;
      writes.push(this.#table.commit(aliasPartition(wireId), [row]));
    }
    if (facts.opened || facts.ended) {
      // An ended call stays listed with a mark until the sweep: deleting it here could be undone by a late merge.
      const values = facts.ended ? { ended: true } : { callKey };
      writes.push(this.#table.commit(OPEN_PARTITION, [{ kind: 'merge', rowKey: callKey, values }]));
    }
    await Promise.all(writes);
  }

  /** Calls by the day of their first known event, newest first. */
  async byTime(range: {
    readonly from?: EventTime | undefined;
    readonly to?: EventTime | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  }): Promise<CallKeyPage> {
    const partition = dayPartitions(range.from, range.to);
    const page = await this.#table.list({ partition, limit: range.limit, ...cursorOf(range.cursor) });
    return {
      callKeys: page.rows.map(row => String(row.values['callKey'])),
      ...cursorOf(page.cursor),
    };
  }

  /** Calls that have not ended, ordered by key; some may have ended a moment ago. */
  async open(page: { readonly limit: number; readonly cursor?: string | undefined }): Promise<CallKeyPage> {
    const { rows, cursor } = await this.#table.list({
      partition: OPEN_PARTITION,
      limit: page.limit,
      ...cursorOf(page.cursor),
    });
    return {
      callKeys: rows.filter(row => row.values['ended'] !== true).map(row => row.rowKey),
      ...cursorOf(cursor),
    };
  }

  /** The key of the call that is bound to a wire id; undefined where the index knows none. */
  async callKeyFor(wireId: string): Promise<string | undefined> {
    const row = await this.#table.get(aliasPartition(wireId), '!');
    const callKey = row?.values['callKey'];
    return typeof callKey === 'string' ? callKey : undefined;
  }
}

function cursorOf(cursor: string | undefined): { readonly cursor?: string } {
  return cursor === undefined ? {} : { cursor };
}

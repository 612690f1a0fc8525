import type { Call } from '../domain/call.ts';
import type { EventTime } from '../domain/event-time.ts';
import { standsForAction } from '../domain/request-of.ts';
import { callKeyOf } from '../ids/call-key.ts';
import type { CallHead } from './call-head.ts';
import { aliasPartition, dayKeys, dayPartitions, OPEN_PARTITION, serverCallPartition } from './keys.ts';
import type { Table } from './table.ts';

/** What has become true of a call that the index has to know. */
export interface IndexFacts {
  /** Its earliest event time is another than before: the index by day has a place more for it. */
  readonly dated: boolean;
  readonly opened: boolean;
  /** It is known by an id of ACS that it was not known by before. */
  readonly bound: boolean;
  readonly ended: boolean;
}

/** A call that the index names. */
export interface IndexedCall {
  readonly callKey: string;
  /** For which beginning of the call the index names it; null where it does not say. */
  readonly place: string | null;
}

/** Calls in the order of the index. */
export interface IndexedCallPage {
  readonly calls: readonly IndexedCall[];
  readonly cursor?: string | undefined;
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
  async merge({ call }: CallHead, facts: IndexFacts): Promise<void> {
    const { callKey } = call;
    const writes: Promise<unknown>[] = [];
    if (facts.dated) {
      const { partitionKey, rowKey } = dayKeys(callKey, call.createdAt);
      writes.push(this.#table.commit(partitionKey, [{ kind: 'merge', rowKey, values: { callKey } }]));
    }
    for (const { partitionKey, rowKey } of facts.bound ? aliasesOf(call) : []) {
      writes.push(this.#table.commit(partitionKey, [{ kind: 'merge', rowKey, values: { callKey } }]));
    }
    if (facts.opened || facts.ended) {
      // An ended call stays listed with a mark until the sweep: deleting it here could be undone by a late merge.
      const values = facts.ended ? { ended: true } : { callKey };
      writes.push(this.#table.commit(OPEN_PARTITION, [{ kind: 'merge', rowKey: callKey, values }]));
    }
    await Promise.all(writes);
  }

  /**
   * Calls by the time of their earliest event, newest first, those of whole days. A call whose earliest event came late
   * has the places of later ones as well: {@link placeOf} tells which one counts.
   */
  async byTime(range: {
    readonly from?: EventTime | undefined;
    readonly to?: EventTime | undefined;
    readonly limit: number;
    readonly cursor?: string | undefined;
  }): Promise<IndexedCallPage> {
    const partition = dayPartitions(range.from, range.to);
    const page = await this.#table.list({ partition, limit: range.limit, cursor: range.cursor });
    return {
      calls: page.rows.map(row => ({
        callKey: String(row.values['callKey']),
        place: row.partitionKey + row.rowKey,
      })),
      cursor: page.cursor,
    };
  }

  /** Calls that have not ended, ordered by key; some may have ended a moment ago. */
  async open(page: {
    readonly limit: number;
    readonly cursor?: string | undefined;
  }): Promise<IndexedCallPage> {
    const { rows, cursor } = await this.#table.list({
      partition: OPEN_PARTITION,
      limit: page.limit,
      cursor: page.cursor,
    });
    return {
      calls: rows
        .filter(row => row.values['ended'] !== true)
        .map(({ rowKey }) => ({ callKey: rowKey, place: null })),
      cursor,
    };
  }

  /** The key of the call that is bound to a wire id; undefined where the index knows none. */
  async callKeyFor(wireId: string): Promise<string | undefined> {
    const row = await this.#table.get(aliasPartition(wireId), '!');
    const callKey = row?.values['callKey'];
    return typeof callKey === 'string' ? callKey : undefined;
  }

  /** The key of a call that is a leg of the server call, the first by key; undefined where the index knows none. */
  async callKeyOfServerCall(serverCallId: string): Promise<string | undefined> {
    const { rows } = await this.#table.list({ partition: serverCallPartition(serverCallId), limit: 1 });
    return rows[0]?.rowKey;
  }
}

/** A row by which a call is found under an id that ACS gave it. */
export interface AliasRow {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/**
 * The rows by which a call is found under its wire id, and under the server call that Event Grid names it by. None for
 * an id that its key is made from. None for an action on a conversation: what ACS tells of it may name a leg of somebody
 * else's, which is not to be found here.
 */
export function aliasesOf(call: Call): AliasRow[] {
  if (standsForAction(call)) return [];
  const { callKey, wireId } = call;
  const rows: AliasRow[] = [];
  if (wireId !== null && callKeyOf(wireId) !== callKey) {
    rows.push({ partitionKey: aliasPartition(wireId), rowKey: '!' });
  }
  const serverCallId = serverCallOf(call);
  if (serverCallId !== null && callKeyOf(serverCallId) !== callKey) {
    rows.push({ partitionKey: serverCallPartition(serverCallId), rowKey: callKey });
  }
  return rows;
}

/** The server call of a call, where Event Grid may report on it: there was no Event Grid in the days of the previews. */
export function serverCallOf({ dialect, conversation }: Call): string | null {
  return dialect === 'ga' || dialect === 'event-grid' ? (conversation?.id ?? null) : null;
}

/** The place in the index by day of a call that began then. */
export function placeOf(callKey: string, createdAt: EventTime): string {
  const { partitionKey, rowKey } = dayKeys(callKey, createdAt);
  return partitionKey + rowKey;
}

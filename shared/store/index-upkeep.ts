import { endOf } from '../domain/call.ts';
import type { EventTime } from '../domain/event-time.ts';
import type { CallHead } from './call-head.ts';
import { type AliasRow, aliasesOf } from './call-index.ts';
import {
  ALIAS_PARTITIONS,
  dayKeys,
  dayPartitions,
  dayPartitionsBehind,
  OPEN_PARTITION,
  SERVER_CALL_PARTITIONS,
} from './keys.ts';
import type { StoredRow, Table } from './table.ts';

/** Under which kind of id a call is found: each has its own partitions. */
const ALIASED = { wireId: ALIAS_PARTITIONS, serverCall: SERVER_CALL_PARTITIONS } as const;

/** A kind of alias. */
export type AliasKind = keyof typeof ALIASED;

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** A row of the list of open calls. */
export interface OpenRow {
  readonly callKey: string;
  /** When ACS last said that the call is still open, after nothing had been heard of it. */
  readonly askedAt: EventTime | null;
}

/** A row of the index by day. */
export interface DayRow {
  readonly callKey: string;
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** An alias, with the call that it leads to. */
export interface LeadingAlias extends AliasRow {
  readonly callKey: string;
}

/** The rows that the index should have of a call and has not. */
export interface IndexLacks {
  readonly day: boolean;
  readonly open: boolean;
  readonly alias: boolean;
}

/** What keeps the index true that {@link CallIndex} writes and reads: for the timers, not for the way of an event. */
export class IndexUpkeep {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** The list of open calls as it is, ended ones with their mark included, ordered by key. */
  async openRows(
    page: PageQuery,
  ): Promise<{ readonly rows: readonly OpenRow[]; readonly cursor?: string | undefined }> {
    const { rows, cursor } = await this.#table.list({ partition: OPEN_PARTITION, ...page });
    return { rows: rows.map(toOpenRow), cursor };
  }

  async noteAsked(callKey: string, askedAt: EventTime): Promise<void> {
    await this.#table.commit(OPEN_PARTITION, [{ kind: 'merge', rowKey: callKey, values: { askedAt } }]);
  }

  /** Takes a call off the list of open ones; no matter if it is not on it. */
  removeOpen(callKey: string): Promise<void> {
    return this.#remove(OPEN_PARTITION, callKey);
  }

  /**
   * The rows of all days up to the one of a moment, or of those behind it, newest day first: an index has no other
   * order.
   */
  async dayRows(
    days: { readonly upTo: EventTime } | { readonly behind: EventTime },
    page: PageQuery,
  ): Promise<{ readonly rows: readonly DayRow[]; readonly cursor?: string | undefined }> {
    const partition = 'upTo' in days ? dayPartitions(undefined, days.upTo) : dayPartitionsBehind(days.behind);
    const { rows, cursor } = await this.#table.list({ partition, ...page });
    return { rows: rows.map(toDayRow), cursor };
  }

  removeDayRow({ partitionKey, rowKey }: DayRow): Promise<void> {
    return this.#remove(partitionKey, rowKey);
  }

  removeDay(callKey: string, createdAt: EventTime): Promise<void> {
    const { partitionKey, rowKey } = dayKeys(callKey, createdAt);
    return this.#remove(partitionKey, rowKey);
  }

  /** Takes a call off the list of open ones, and its aliases away, unless another call has them by now. */
  async removeFinders({ call }: CallHead): Promise<void> {
    await this.removeOpen(call.callKey);
    for (const alias of aliasesOf(call)) {
      if ((await this.#callKeyAt(alias)) === call.callKey) await this.removeAlias(alias);
    }
  }

  /** All aliases of a kind, ordered by key. */
  async aliasRows(
    kind: AliasKind,
    page: PageQuery,
  ): Promise<{ readonly rows: readonly LeadingAlias[]; readonly cursor?: string | undefined }> {
    const { rows, cursor } = await this.#table.list({ partition: ALIASED[kind], ...page });
    return { rows: rows.map(toLeadingAlias), cursor };
  }

  removeAlias({ partitionKey, rowKey }: AliasRow): Promise<void> {
    return this.#remove(partitionKey, rowKey);
  }

  /**
   * What the index lacks of a call. One read, and another for each alias that it should have. An alias that another call
   * has is left to it: two calls that name one wire id would take it from each other every night.
   *
   * @param isListed whether the call is on the list of open ones.
   */
  async lacks({ call }: CallHead, isListed: boolean): Promise<IndexLacks> {
    const { callKey } = call;
    const { partitionKey, rowKey } = dayKeys(callKey, call.createdAt);
    const [day, ...aliases] = await Promise.all([
      this.#table.get(partitionKey, rowKey),
      ...aliasesOf(call).map(alias => this.#callKeyAt(alias)),
    ]);
    return {
      day: day?.values['callKey'] !== callKey,
      open: endOf(call) === null && !isListed,
      alias: aliases.includes(undefined),
    };
  }

  async #callKeyAt({ partitionKey, rowKey }: AliasRow): Promise<string | undefined> {
    const callKey = (await this.#table.get(partitionKey, rowKey))?.values['callKey'];
    return typeof callKey === 'string' ? callKey : undefined;
  }

  async #remove(partitionKey: string, rowKey: string): Promise<void> {
    await this.#table.commit(partitionKey, [{ kind: 'delete', rowKey }]);
  }
}

function toOpenRow({ rowKey, values }: StoredRow): OpenRow {
  const { askedAt } = values;
  return { callKey: rowKey, askedAt: typeof askedAt === 'string' ? (askedAt as EventTime) : null };
}

function toDayRow({ partitionKey, rowKey }: StoredRow): DayRow {
  return { callKey: rowKey.slice(rowKey.indexOf('~') + 1), partitionKey, rowKey };
}

function toLeadingAlias({ partitionKey, rowKey, values }: StoredRow): LeadingAlias {
  return { partitionKey, rowKey, callKey: String(values['callKey']) };
}

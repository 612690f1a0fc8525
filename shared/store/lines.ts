import type { EventTime } from '../domain/event-time.ts';
import { LINE_PARTITIONS, linePartition, SLOT_ROWS, WAITER_ROWS } from './keys.ts';
import { StorageError } from './storage-error.ts';
import type { RowWrite, StoredRow, Table } from './table.ts';

/** A call that is on a line of a number, or wants to be. */
export interface LineUser {
  readonly number: string;
  readonly callKey: string;
  /** Who waits longest is served first; always the same for one call. */
  readonly since: EventTime;
}

/** One of the lines of a number. */
export interface Slot {
  readonly partition: string;
  readonly rowKey: string;
  readonly etag: string;
  /** Undefined while the line is free. */
  readonly callKey: string | undefined;
  /** Since when the call is on it. */
  readonly at: string;
}

/** How often writers of one number that meet are told apart. */
const TRIES = 12;

/**
 * How many calls go out from each number at once, over all processes: a row for each line with the call that is on it,
 * and a row for each call that waits, first come first served.
 *
 * A line is a permission and nothing more. It is handed over in one transaction that takes the waiting row away, so that
 * no two calls have one line, and no call waits that has one. Who waits looks at the lines after it has put its row, and
 * who frees a line looks for rows after it has: so neither misses the other, unless it dies in between, for which there
 * is {@link handOver} once a minute. Everything here may be done again.
 */
export class Lines {
  readonly #table: Table;
  readonly #perNumber: number;

  constructor(table: Table, options: { readonly perNumber: number }) {
    this.#table = table;
    this.#perNumber = options.perNumber;
  }

  /**
   * Puts a call on a line where one is free and nobody waits longer. True when it is on one, as it may have been before.
   * Three requests.
   *
   * @throws StorageError when storage failed; the call may be on a line then.
   */
  async take(user: LineUser, now: EventTime): Promise<boolean> {
    const partition = linePartition(user.number);
    const own = waiterRow(user);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      // In this order: a call that is handed a line between the two is seen on it.
      const first = await this.#firstWaiter(partition);
      const slots = await this.#slots(partition);
      if (slots.some(({ callKey }) => callKey === user.callKey)) return true;
      const write = this.#takeFree(slots, { callKey: user.callKey, now });
      if (write === undefined || (first !== undefined && first.rowKey < own)) return false;
      const leave = first?.rowKey === own ? [{ kind: 'delete', rowKey: own } as const] : [];
      if ((await this.#table.commit(partition, [write, ...leave])).ok) return true;
    }
    throw new StorageError('Other calls of this number kept being first.', { transient: true });
  }

  /**
   * Lets a call wait for a line. False when it will be told; true when it is on one after all.
   *
   * @throws StorageError when storage failed; the call may wait, or be on a line.
   */
  async wait(user: LineUser, now: EventTime): Promise<boolean> {
    // It may stand there already, and keeps its place.
    const row = { kind: 'create', rowKey: waiterRow(user), values: { callKey: user.callKey } } as const;
    await this.#table.commit(linePartition(user.number), [row]);
    return this.take(user, now);
  }

  /**
   * Takes a call off its line, or out of the queue; no matter if it was neither. Resolves with the calls that are on a
   * line now and have to be told.
   *
   * @throws StorageError when storage failed.
   */
  async release(user: LineUser, now: EventTime): Promise<readonly string[]> {
    const partition = linePartition(user.number);
    let held = await this.#heldBy(partition, user);
    if (held.length === 0) {
      const leave = { kind: 'delete', rowKey: waiterRow(user) } as const;
      const { ok: wasWaiting } = await this.#table.commit(partition, [leave]);
      // Else it may have been handed a line in between.
      if (!wasWaiting) held = await this.#heldBy(partition, user);
    }
    for (const slot of held) await this.free(slot);
    return held.length === 0 ? [] : this.handOver(partition, now);
  }

  /** Frees a line, unless it changed hands meanwhile. */
  async free({ partition, rowKey, etag }: Slot): Promise<void> {
    await this.#table.commit(partition, [{ kind: 'replace', rowKey, etag, values: { callKey: '', at: '' } }]);
  }

  /**
   * Gives free lines to those who wait longest. Resolves with their calls, which have to be told.
   *
   * @param isAlive whether a call still wants a line; all do unless told.
   */
  async handOver(
    partition: string,
    now: EventTime,
    isAlive: (callKey: string) => Promise<boolean> = async () => true,
  ): Promise<readonly string[]> {
    const handed: string[] = [];
    for (let attempt = 0; attempt < TRIES; ) {
      const first = await this.#firstWaiter(partition);
      if (first === undefined) return handed;
      const callKey = String(first.values['callKey']);
      const leave = { kind: 'delete', rowKey: first.rowKey } as const;
      const slots = await this.#slots(partition);
      const isServed = slots.some(slot => slot.callKey === callKey);
      if (isServed || !(await isAlive(callKey))) {
        await this.#table.commit(partition, [leave]);
        continue;
      }
      const write = this.#takeFree(slots, { callKey, now });
      if (write === undefined) return handed;
      if ((await this.#table.commit(partition, [write, leave])).ok) handed.push(callKey);
      else attempt += 1;
    }
    // Others are at it, and do the same.
    return handed;
  }

  /** The lines of all numbers, and the partitions in which calls wait, page by page. */
  async page(query: { readonly limit: number; readonly cursor: string | undefined }): Promise<{
    readonly slots: readonly Slot[];
    readonly waitedFor: ReadonlySet<string>;
    readonly cursor: string | undefined;
  }> {
    const { rows, cursor } = await this.#table.list({ partition: LINE_PARTITIONS, ...query });
    const slots = rows.filter(({ rowKey }) => isSlot(rowKey)).map(toSlot);
    const waiters = rows.filter(({ rowKey }) => !isSlot(rowKey));
    return { slots, waitedFor: new Set(waiters.map(({ partitionKey }) => partitionKey)), cursor };
  }

  async #heldBy(partition: string, { callKey }: LineUser): Promise<readonly Slot[]> {
    return (await this.#slots(partition)).filter(slot => slot.callKey === callKey);
  }

  async #slots(partition: string): Promise<readonly Slot[]> {
    const slots: Slot[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#table.list({ partition, rows: SLOT_ROWS, cursor });
      slots.push(...page.rows.map(toSlot));
      cursor = page.cursor;
    } while (cursor !== undefined);
    return slots;
  }

  async #firstWaiter(partition: string): Promise<StoredRow | undefined> {
    let cursor: string | undefined;
    do {
      const page = await this.#table.list({ partition, rows: WAITER_ROWS, limit: 1, cursor });
      if (page.rows[0] !== undefined) return page.rows[0];
      cursor = page.cursor;
    } while (cursor !== undefined);
    return undefined;
  }

  /** The write that puts a call on a free line; undefined when as many are taken as there may be. */
  #takeFree(
    slots: readonly Slot[],
    { callKey, now }: { readonly callKey: string; readonly now: EventTime },
  ): RowWrite | undefined {
    const taken = slots.filter(slot => slot.callKey !== undefined);
    // There may be more of them than the setting allows, from a time when it allowed more.
    if (taken.length >= this.#perNumber) return undefined;
    const values = { callKey, at: now };
    const free = slots.find(slot => slot.callKey === undefined);
    return free === undefined
      ? { kind: 'create', rowKey: slotRow(slots.length), values }
      : { kind: 'replace', rowKey: free.rowKey, etag: free.etag, values };
  }
}

function isSlot(rowKey: string): boolean {
  return rowKey >= SLOT_ROWS.from && rowKey < SLOT_ROWS.to;
}

function toSlot({ partitionKey, rowKey, etag, values }: StoredRow): Slot {
  const callKey = String(values['callKey'] ?? '');
  return { partition: partitionKey, rowKey, etag, callKey: callKey || undefined, at: String(values['at']) };
}

/** Rows are never deleted, so that the next one has the next number. */
function slotRow(index: number): string {
  return `s~${String(index).padStart(5, '0')}`;
}

function waiterRow({ since, callKey }: LineUser): string {
  return `w~${since}~${callKey}`;
}

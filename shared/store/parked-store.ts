import * as z from 'zod';
import type { EventTime } from '../domain/event-time.ts';
import { hash22 } from '../ids/hash22.ts';
import { lazily } from '../lazily.ts';
import { decodeText, encodeText } from './document.ts';
import { countDown } from './keys.ts';
import type { StoredRow, Table } from './table.ts';

/** Why something is parked. */
export const PARKED_REASONS = [
  /** The element is no valid event of its dialect. */
  'malformed',
  /** Nothing says which call the event belongs to. */
  'noCallId',
  /** The event does not fit a queue message, even deflated. */
  'tooLarge',
  /** The event names another call than the one that its callback URL belongs to. */
  'foreignId',
  /** The queue message is none of ours, or damaged. */
  'undecodable',
  /** Storage refuses the event for good. */
  'refused',
  /** The Functions host gave up after its tries. */
  'gaveUp',
  /** The call is run by a flow that is not deployed in that version. */
  'missingFlow',
] as const;

export type ParkedReason = (typeof PARKED_REASONS)[number];

/** Something that could not be processed, kept as it was. */
export interface Parked {
  readonly reason: ParkedReason;
  /** In words, for the operator. */
  readonly detail: string;
  /** Where in the callback's body the fault lies, as a JSON Pointer; null when it came from a queue. */
  readonly pointer: string | null;
  /** `element`: one element of a callback · `message`: the text of a queue message. */
  readonly kind: 'element' | 'message';
  /** The key in the callback's URL or in the message, where there was one. */
  readonly callKey: string | null;
  /** When the callback was received, or the message was put. */
  readonly receivedAt: EventTime;
  readonly text: string;
}

export interface ParkedItem extends Omit<Parked, 'reason'> {
  /** One of {@link PARKED_REASONS}, or one that only a newer version knows, which parked it. */
  readonly reason: string;
  readonly parkedId: string;
}

const PARTITION = 'parked';

/** More of a detail than this is cut: a thing that cannot be parked would come back for ever. */
const DETAIL_LIMIT_CHARS = 4_000;

const DROPS_PER_COMMIT = 100;

const PARKED_ID = /^\d{21}-[A-Za-z0-9_-]{22}$/;

const columns = lazily(() =>
  z.object({
    reason: z.string(),
    detail: z.string(),
    pointer: z.string().optional(),
    kind: z.enum(['element', 'message']),
    callKey: z.string().optional(),
    receivedAt: z.string(),
  }),
);

/** What cannot be processed, kept with its reason until somebody replays or drops it. Newest first. */
export class ParkedStore {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Keeps a thing, its detail cut where it is very long; keeping it again changes nothing. Returns its id. */
  async park(parked: Parked): Promise<string> {
    const { text, pointer, callKey, ...rest } = parked;
    const values = { ...rest, detail: rest.detail.slice(0, DETAIL_LIMIT_CHARS).toWellFormed() };
    const parkedId = parkedIdOf(parked);
    const optional = { ...(pointer === null ? {} : { pointer }), ...(callKey === null ? {} : { callKey }) };
    await this.#table.commit(PARTITION, [
      { kind: 'upsert', rowKey: parkedId, values: { ...encodeText(text), ...values, ...optional } },
    ]);
    return parkedId;
  }

  async list(page: { readonly limit: number; readonly cursor?: string | undefined }): Promise<{
    readonly items: readonly ParkedItem[];
    readonly cursor: string | undefined;
  }> {
    const { limit, cursor } = page;
    const found = await this.#table.list({
      partition: PARTITION,
      limit,
      cursor,
    });
    return { items: found.rows.map(decode), cursor: found.cursor };
  }

  async get(parkedId: string): Promise<ParkedItem | undefined> {
    if (!PARKED_ID.test(parkedId)) return undefined;
    const row = await this.#table.get(PARTITION, parkedId);
    return row === undefined ? undefined : decode(row);
  }

  /** False when it was not there. */
  async drop(parkedId: string): Promise<boolean> {
    if (!PARKED_ID.test(parkedId)) return false;
    return (await this.#table.commit(PARTITION, [{ kind: 'delete', rowKey: parkedId }])).ok;
  }

  /** Drops what was received before a moment, up to 1,000 things; returns how many. */
  async dropBefore(moment: EventTime): Promise<number> {
    // The ids count down, so what is older comes behind.
    const { rows } = await this.#table.list({
      partition: PARTITION,
      rows: { from: countDown(moment), to: ':' },
    });
    let dropped = 0;
    for (let from = 0; from < rows.length; from += DROPS_PER_COMMIT) {
      const part = rows.slice(from, from + DROPS_PER_COMMIT);
      const drops = part.map(({ rowKey }) => ({ kind: 'delete', rowKey }) as const);
      const { ok } = await this.#table.commit(PARTITION, drops);
      if (ok) dropped += part.length;
    }
    return dropped;
  }
}

/** Made from the thing itself, so that parking it on every redelivery makes one row; later ones sort first. */
function parkedIdOf({ receivedAt, callKey, reason, pointer, text }: Parked): string {
  return `${countDown(receivedAt)}-${hash22(JSON.stringify([callKey, reason, pointer, text]))}`;
}

function decode(row: StoredRow): ParkedItem {
  const { receivedAt, pointer = null, callKey = null, ...parked } = columns().parse(row.values);
  const text = decodeText(row.values);
  return { ...parked, parkedId: row.rowKey, pointer, callKey, receivedAt: receivedAt as EventTime, text };
}

import { addMilliseconds } from '../clock.ts';
import type { EventTime } from '../domain/event-time.ts';
import { hash22 } from '../ids/hash22.ts';
import { IDEMPOTENCY_PARTITIONS, idempotencyPartition } from './keys.ts';
import { StorageError } from './storage-error.ts';
import type { StoredRow, Table } from './table.ts';

/** How long a key is remembered. */
export const REMEMBERED_MS = 24 * 3_600_000;

/** A request that may be sent again. */
export interface IdempotentRequest {
  /** The Idempotency-Key that came with it, of 1 to 256 characters. */
  readonly key: string;
  /** What it is about: one key means another thing elsewhere. */
  readonly scope: string;
  /** Equal for equal requests. */
  readonly requestHash: string;
  /** The call that it is to bring about, if it is the first of its key. */
  readonly callKey: string;
  readonly now: EventTime;
}

/** The call that the first request of the key was given; `differs` when that asked for something else. */
export type Remembered = { readonly kind: 'mine'; readonly callKey: string } | { readonly kind: 'differs' };

/** A key that is remembered no more. */
export interface ExpiredKey {
  readonly partition: string;
  /** The call that it stood for. */
  readonly callKey: string;
}

/** How often two requests of one key that meet are told apart. */
const TRIES = 4;

/**
 * Which call an Idempotency-Key stands for: written before the call, so that a request that is sent again finds the
 * call that the first one began, or began to begin. A key is remembered for 24 hours, and free again afterwards.
 */
export class Idempotency {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** @throws StorageError when storage failed; asking again is safe. */
  async remember(request: IdempotentRequest): Promise<Remembered> {
    const partition = idempotencyPartition(hash22(`${request.scope}\n${request.key}`));
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const known = await this.#table.get(partition, '!');
      if (known !== undefined && String(known.values['until']) > request.now) return answerOf(known, request);
      const { requestHash, callKey } = request;
      const values = { requestHash, callKey, until: addMilliseconds(request.now, REMEMBERED_MS) };
      const result = await this.#table.commit(partition, [
        known === undefined
          ? { kind: 'create', rowKey: '!', values }
          : { kind: 'replace', rowKey: '!', values, etag: known.etag },
      ]);
      if (result.ok) return { kind: 'mine', callKey };
    }
    throw new StorageError('Other requests with this key kept being first.', { transient: true });
  }

  /** Keys that are remembered no more, page by page; a page can be empty and still have a cursor. */
  async expired(
    now: EventTime,
    page: { readonly limit: number; readonly cursor: string | undefined },
  ): Promise<{ readonly keys: readonly ExpiredKey[]; readonly cursor: string | undefined }> {
    const { rows, cursor } = await this.#table.list({ partition: IDEMPOTENCY_PARTITIONS, ...page });
    const keys = rows
      .filter(({ values }) => String(values['until']) <= now)
      .map(({ partitionKey, values }) => ({ partition: partitionKey, callKey: String(values['callKey']) }));
    return { keys, cursor };
  }

  /** No matter if it is gone. A key that is used anew in this very moment may be forgotten with it. */
  async forget({ partition }: ExpiredKey): Promise<void> {
    await this.#table.commit(partition, [{ kind: 'delete', rowKey: '!' }]);
  }
}

function answerOf({ values }: StoredRow, { requestHash }: IdempotentRequest): Remembered {
  return values['requestHash'] === requestHash
    ? { kind: 'mine', callKey: String(values['callKey']) }
    : { kind: 'differs' };
}

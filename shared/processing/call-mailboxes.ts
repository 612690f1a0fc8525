import type { CallEvent } from '../domain/call-event.ts';
import { StorageError } from '../store/storage-error.ts';

/** Events in one transaction; the journal's rows and the participants' must fit beside the head. */
const EVENTS_PER_BATCH = 30;

/** One delivery's events, waiting to be committed. */
interface Letter<Result> {
  readonly events: readonly CallEvent[];
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Group commit: events of one call that are in flight together in this process are committed together, one batch
 * after the other, so that deliveries of one call never conflict with each other and share a transaction.
 */
export class CallMailboxes<Result> {
  readonly #commit: (callKey: string, events: readonly CallEvent[]) => Promise<Result>;
  readonly #waiting = new Map<string, Letter<Result>[]>();

  /** @param commit records events of one call; called for one call at a time, with at most 30 events. */
  constructor(commit: (callKey: string, events: readonly CallEvent[]) => Promise<Result>) {
    this.#commit = commit;
  }

  /**
   * Resolves with what the batch came to that held the events, once they are committed; rejects with the error of
   * the commit.
   *
   * @param events at most 30: {@link batches} splits more.
   */
  submit(callKey: string, events: readonly CallEvent[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      const letter = { events, resolve, reject };
      const letters = this.#waiting.get(callKey);
      if (letters !== undefined) {
        letters.push(letter);
        return;
      }
      this.#waiting.set(callKey, [letter]);
      // A microtask later, the other deliveries that arrived with this one are here too.
      queueMicrotask(() => void this.#drain(callKey));
    });
  }

  async #drain(callKey: string): Promise<void> {
    const letters = this.#waiting.get(callKey) ?? [];
    while (letters.length > 0) await this.#deliver(callKey, takeBatch(letters));
    this.#waiting.delete(callKey);
  }

  async #deliver(callKey: string, batch: readonly Letter<Result>[]): Promise<void> {
    try {
      const result = await this.#commit(
        callKey,
        batch.flatMap(letter => letter.events),
      );
      for (const letter of batch) letter.resolve(result);
    } catch (error) {
      // One delivery may be what storage refuses: the others must not fail with it.
      const isRefusal = error instanceof StorageError && !error.transient;
      if (isRefusal && batch.length > 1) for (const letter of batch) await this.#deliver(callKey, [letter]);
      else for (const letter of batch) letter.reject(error);
    }
  }
}

/** Splits events into parts that one batch can hold. */
export function batches(events: readonly CallEvent[]): CallEvent[][] {
  const parts: CallEvent[][] = [];
  for (let from = 0; from < events.length; from += EVENTS_PER_BATCH) {
    parts.push(events.slice(from, from + EVENTS_PER_BATCH));
  }
  return parts;
}

function takeBatch<Result>(letters: Letter<Result>[]): Letter<Result>[] {
  const batch: Letter<Result>[] = [];
  let events = 0;
  for (const letter of letters) {
    events += letter.events.length;
    if (batch.length > 0 && events > EVENTS_PER_BATCH) break;
    batch.push(letter);
  }
  letters.splice(0, batch.length);
  return batch;
}

import type { CallEvent } from '../domain/call-event.ts';
import type { CommitRequest } from '../store/commit-plan.ts';
import { StorageError } from '../store/storage-error.ts';

/** Events in one transaction; the journal's rows and the participants' must fit beside the head. */
const EVENTS_PER_BATCH = 30;

/** For what is to run a microtask later: `queueMicrotask` makes an async resource each time, which shows for each event. */
const RESOLVED = Promise.resolve();

/** What one delivery brought, waiting to be committed. */
interface Letter<Result> {
  readonly request: CommitRequest;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Records events of one call. Calls `onRecorded` when the next commit of the call need not wait any more, though this one
 * has still to write something else.
 */
type Commit<Result> = (callKey: string, request: CommitRequest, onRecorded: () => void) => Promise<Result>;

/**
 * Group commit: events of one call that are in flight together in this process are committed together, one batch
 * after the other, so that deliveries of one call never conflict with each other and share a transaction.
 */
export class CallMailboxes<Result> {
  readonly #commit: Commit<Result>;
  readonly #waiting = new Map<string, Letter<Result>[]>();

  /** @param commit is called for one call at a time, with at most 30 events. */
  constructor(commit: Commit<Result>) {
    this.#commit = commit;
  }

  /**
   * Resolves with what the batch came to that held the events, once they are committed; rejects with the error of
   * the commit.
   *
   * @param request with at most 30 events: {@link batches} splits more.
   */
  submit(callKey: string, request: CommitRequest): Promise<Result> {
    return new Promise((resolve, reject) => {
      const letter = { request, resolve, reject };
      const letters = this.#waiting.get(callKey);
      if (letters !== undefined) {
        letters.push(letter);
        return;
      }
      this.#waiting.set(callKey, [letter]);
      // A microtask later, the other deliveries that arrived with this one are here too.
      void RESOLVED.then(() => this.#drain(callKey));
    });
  }

  async #drain(callKey: string): Promise<void> {
    const letters = this.#waiting.get(callKey) ?? [];
    while (letters.length > 0) await this.#deliver(callKey, takeBatch(letters));
    this.#waiting.delete(callKey);
  }

  /** Resolves when the next batch may go. */
  #deliver(callKey: string, batch: readonly Letter<Result>[]): Promise<void> {
    return new Promise(resolve => void this.#commitAll(callKey, batch, resolve).finally(resolve));
  }

  async #commitAll(callKey: string, batch: readonly Letter<Result>[], onRecorded: () => void): Promise<void> {
    let isRecorded = false;
    try {
      const result = await this.#commit(callKey, together(batch), () => {
        isRecorded = true;
        onRecorded();
      });
      for (const letter of batch) letter.resolve(result);
    } catch (error) {
      // One delivery may be what storage refuses: the others must not fail with it.
      const isRefusal = error instanceof StorageError && !error.transient && !isRecorded;
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

function together(batch: readonly Letter<unknown>[]): CommitRequest {
  const [first] = batch;
  if (first !== undefined && batch.length === 1) return first.request;
  const events = batch.flatMap(({ request }) => request.events);
  const releases = batch.flatMap(({ request }) => Object.entries(request.releases ?? {}));
  const refusals = batch.flatMap(({ request }) => Object.entries(request.refusals ?? {}));
  // Each of them: an alarm that rang and is not told of would be awaited for ever.
  const rang = batch.flatMap(({ request }) => request.rang ?? []);
  return {
    events,
    ...(releases.length === 0 ? {} : { releases: Object.fromEntries(releases) }),
    ...(refusals.length === 0 ? {} : { refusals: Object.fromEntries(refusals) }),
    ...(rang.length === 0 ? {} : { rang }),
    ...(batch.some(({ request }) => request.hasLine) && { hasLine: true }),
  };
}

function takeBatch<Result>(letters: Letter<Result>[]): Letter<Result>[] {
  const batch: Letter<Result>[] = [];
  let events = 0;
  for (const letter of letters) {
    events += letter.request.events.length;
    if (batch.length > 0 && events > EVENTS_PER_BATCH) break;
    batch.push(letter);
  }
  letters.splice(0, batch.length);
  return batch;
}

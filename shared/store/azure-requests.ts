import { setTimeout as delay } from 'node:timers/promises';
import type { AzureAccount } from './azure-account.ts';
import { type AzureFailure, describeFailure, toStorageError } from './azure-failure.ts';

/** What the adapters of Table and Queue Storage have in common. */
export type AzureClientOptions = AzureAccount & AzureRequestOptions;

/** How requests are bounded, repeated and counted. */
export interface AzureRequestOptions {
  /** Bounds one try; 15 s unless told. */
  readonly requestTimeoutMs?: number | undefined;
  /** How often a request that fails transiently is sent in all; 3 unless told. */
  readonly tries?: number | undefined;
  /** Called once for each HTTP request that is sent, those of retries and of making the table or queue included. */
  readonly onRequest?: (() => void) | undefined;
}

/** Bounds one try unless the adapter is told otherwise. */
export const DEFAULT_REQUEST_TIMEOUT_MS = 15_000;

const DEFAULT_TRIES = 3;
const FIRST_RETRY_DELAY_MS = 100;

// A longer wait is the queue's business: it costs a held message, not a held process.
const LONGEST_RETRY_AFTER_MS = 2000;

/** One request to the service. */
export interface AzureRequest<T> {
  /** For the message of the StorageError. */
  readonly operation: string;
  send(abortSignal: AbortSignal): Promise<T>;
  /**
   * What an expected failure comes to; undefined where the failure is not expected.
   *
   * @param retried says that an earlier try failed without saying whether it took effect.
   */
  expect?(failure: AzureFailure, retried: boolean): { readonly value: T } | undefined;
}

type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: AzureFailure };

/**
 * Sends the requests of one table or queue: bounded in time and in tries, with everything unexpected thrown as a
 * StorageError, and the table or queue made when the service says that there is none.
 *
 * It retries in the SDKs' place (theirs is to be switched off) because they hide that they retried: a create whose
 * first answer was lost would then meet its own row and be told apart from a true conflict by nobody.
 */
export class AzureRequests {
  readonly #container: { readonly missingCode: string; create(abortSignal: AbortSignal): Promise<unknown> };
  readonly #requestTimeoutMs: number;
  readonly #tries: number;
  readonly #onRequest: (() => void) | undefined;
  #creating: Promise<unknown> | undefined;

  /** @param container makes the table or queue; `missingCode` is the error code that says there is none. */
  constructor(
    container: { readonly missingCode: string; create(abortSignal: AbortSignal): Promise<unknown> },
    options: AzureRequestOptions,
  ) {
    this.#container = container;
    this.#requestTimeoutMs = options.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS;
    this.#tries = options.tries ?? DEFAULT_TRIES;
    this.#onRequest = options.onRequest;
  }

  /** @throws {StorageError} what the request does not expect, after the tries and waits that are allowed. */
  async run<T>(request: AzureRequest<T>): Promise<T> {
    let created = false;
    for (let tried = 1; ; tried++) {
      const outcome = await this.#try(request, tried > 1);
      if (outcome.ok) {
        return outcome.value;
      }

      const { failure } = outcome;
      if (!created && failure.code === this.#container.missingCode) {
        created = true;
        // Nothing took effect, so this was no try.
        tried--;
        await this.#create();
      } else if (this.#isWorthRetrying(failure, tried)) {
        await delay(failure.retryAfterMs ?? retryDelayMs(tried));
      } else {
        throw toStorageError(request.operation, failure);
      }
    }
  }

  async #try<T>(request: AzureRequest<T>, retried: boolean): Promise<Outcome<T>> {
    try {
      this.#onRequest?.();
      return { ok: true, value: await request.send(AbortSignal.timeout(this.#requestTimeoutMs)) };
    } catch (error) {
      const failure = describeFailure(error);
      const isMissing = failure.code === this.#container.missingCode;
      const expected = isMissing ? undefined : request.expect?.(failure, retried);
      return expected === undefined ? { ok: false, failure } : { ok: true, value: expected.value };
    }
  }

  #isWorthRetrying(failure: AzureFailure, tried: number): boolean {
    return failure.transient && tried < this.#tries && (failure.retryAfterMs ?? 0) <= LONGEST_RETRY_AFTER_MS;
  }

  /** Requests that meet a missing table at once share one creation. */
  async #create(): Promise<void> {
    this.#creating ??= this.#runCreate().finally(() => {
      this.#creating = undefined;
    });
    await this.#creating;
  }

  async #runCreate(): Promise<void> {
    try {
      this.#onRequest?.();
      await this.#container.create(AbortSignal.timeout(this.#requestTimeoutMs));
    } catch (error) {
      throw toStorageError('create', describeFailure(error));
    }
  }
}

/** 100-200 ms, then 200-400 ms: random, so that requests which failed together do not come back together. */
function retryDelayMs(tried: number): number {
  return FIRST_RETRY_DELAY_MS * 2 ** (tried - 1) * (1 + Math.random());
}

import type { CallHead } from './call-head.ts';

/** A head with the ETag under which this process last saw it. */
export interface CachedHead {
  readonly etag: string;
  readonly head: CallHead;
  /** This process has merged all that the index is to know of it. */
  readonly indexed: boolean;
}

/**
 * The heads that this process wrote or read last, so that the next event of a call needs no read.
 *
 * It is never trusted: a write with a stale ETag fails and the head is read again. Holds at most `limit` calls
 * (about 2 KB each) and drops the one longest unused.
 */
export class HeadCache {
  readonly #limit: number;
  readonly #heads = new Map<string, CachedHead>();

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  get(callKey: string): CachedHead | undefined {
    const found = this.#heads.get(callKey);
    if (found !== undefined) this.set(callKey, found);
    return found;
  }

  set(callKey: string, cached: CachedHead): void {
    this.#heads.delete(callKey);
    this.#heads.set(callKey, cached);
    if (this.#heads.size <= this.#limit) return;
    const oldest = this.#heads.keys().next();
    if (!oldest.done) this.#heads.delete(oldest.value);
  }

  drop(callKey: string): void {
    this.#heads.delete(callKey);
  }
}

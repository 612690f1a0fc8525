import type { CallHead } from './call-head.ts';

/** A head with the ETag under which this process last saw it. */
export interface CachedHead {
  readonly etag: string;
  readonly head: CallHead;
  readonly index: IndexMark;
}

/** Whether the index is behind a head, as this process knows it; heads that follow each other share one. */
export interface IndexMark {
  /** This process has merged all that the index is to know of the head, or is at it. */
  isComplete: boolean;
}

/**
 * The heads that this process wrote or read last, so that the next event of a call needs no read.
 *
 * It is never trusted: a write with a stale ETag fails and the head is read again. Holds `limit` calls of usual size
 * (about 2 KB each), fewer where there are large ones, and drops those longest unused.
 */
export class HeadCache {
  readonly #limit: number;
  readonly #heads = new Map<string, CachedHead>();
  #weight = 0;

  constructor(limit = 10_000) {
    this.#limit = limit;
  }

  get(callKey: string): CachedHead | undefined {
    const found = this.#heads.get(callKey);
    if (found !== undefined) this.set(callKey, found);
    return found;
  }

  set(callKey: string, cached: CachedHead): void {
    this.drop(callKey);
    this.#heads.set(callKey, cached);
    this.#weight += weightOf(cached);
    for (const oldest of this.#heads.keys()) {
      if (this.#weight <= this.#limit) break;
      this.drop(oldest);
    }
  }

  drop(callKey: string): void {
    const known = this.#heads.get(callKey);
    if (known === undefined) return;
    this.#heads.delete(callKey);
    this.#weight -= weightOf(known);
  }
}

/** Events and participants that take as much room as a call of usual size. */
const PARTS_PER_CALL = 30;

function weightOf({ head }: CachedHead): number {
  return 1 + Math.floor((head.journalCount + head.call.roster.members.length) / PARTS_PER_CALL);
}

import { type Clock, eventTimeOf } from '../clock.ts';
import type { Progress } from '../store/progress.ts';

export interface WalkPorts {
  readonly progress: Progress;
  readonly clock: Clock;
}

/** Something long that is gone through page by page, over as many runs as it takes. */
export interface Walk {
  /** Names the row that says how far it has come. */
  readonly name: string;
  /** No page is begun after this time; one always is. */
  readonly runMs: number;
  /** Does one page; resolves with the cursor of the next, or undefined when it was the last. */
  page(cursor: string | undefined): Promise<string | undefined>;
}

/**
 * How a run of it ended. `finished`: the next one begins anew · `paused`: the next one goes on here · `busy`: another
 * run is at it · `overtaken`: this one took so long over a page that another took it for dead.
 */
export type WalkEnd = 'finished' | 'paused' | 'busy' | 'overtaken';

/** How long a page may take before its run counts as dead. */
const LEASE_MS = 90_000;

/**
 * Goes on with a walk where the last run of it left off, while no other run is at it. Three requests beside those of
 * the pages, and one more for every page after the first.
 *
 * @throws what a page threw; the next run begins with that page.
 */
export async function walk(ports: WalkPorts, { name, runMs, page }: Walk): Promise<WalkEnd> {
  const { progress, clock } = ports;
  const now = clock.now();
  const leaseFrom = (ms: number) => eventTimeOf(ms + LEASE_MS);
  let held = await progress.take(name, { now: eventTimeOf(now), until: leaseFrom(now) });
  if (held === undefined) return 'busy';
  for (;;) {
    const at = held;
    const free = () => eventTimeOf(clock.now());
    const cursor = await page(at.cursor).catch(async (error: unknown) => {
      // Best effort: without it the next run waits until the lease ends.
      await progress.keep(at, { cursor: at.cursor, until: free() }).catch(() => undefined);
      throw error;
    });
    const isLast = cursor === undefined || clock.now() >= now + runMs;
    const until = isLast ? free() : leaseFrom(clock.now());
    held = await progress.keep(at, { cursor, until });
    if (held === undefined) return 'overtaken';
    if (isLast) return cursor === undefined ? 'finished' : 'paused';
  }
}

/** A page that was done. */
export interface CountedPage {
  /** Of the next one; undefined when this was the last. */
  readonly cursor: string | undefined;
  /** How many of what is counted were on it. */
  readonly count: number;
}

/**
 * The same, and counts what its pages hold. Resolves with how many there are of it; undefined where this run has not seen
 * them all.
 *
 * @throws what a page threw.
 */
export async function walkCounting(
  ports: WalkPorts,
  { page, ...walked }: Omit<Walk, 'page'> & { page(cursor: string | undefined): Promise<CountedPage> },
): Promise<number | undefined> {
  let total: number | undefined;
  const end = await walk(ports, {
    ...walked,
    async page(cursor) {
      if (cursor === undefined) total = 0;
      const done = await page(cursor);
      if (total !== undefined) total += done.count;
      return done.cursor;
    },
  });
  return end === 'finished' ? total : undefined;
}

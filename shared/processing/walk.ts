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

import { describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../../shared/clock.ts';
import { walk, walkCounting } from '../../../shared/processing/walk.ts';
import { MINUTE_MS, UpkeepWorld } from '../../support/upkeep-world.ts';

/** Pages `1`, `2` and `3`, each taking the given time. */
function pages(world: UpkeepWorld, pageMs: number) {
  const seen: (string | undefined)[] = [];
  return {
    seen,
    page: async (cursor: string | undefined) => {
      seen.push(cursor);
      world.clock.nowMs += pageMs;
      const next = Number(cursor ?? '1') + 1;
      return next > 3 ? undefined : String(next);
    },
  };
}

describe('walk', () => {
  it('goes through all pages and begins anew the next time', async () => {
    const world = new UpkeepWorld();
    const { seen, page } = pages(world, 1_000);

    expect(await walk(world.start(), { name: 'w', runMs: MINUTE_MS, page })).toBe('finished');
    expect(await walk(world.start(), { name: 'w', runMs: MINUTE_MS, page })).toBe('finished');

    expect(seen).toEqual([undefined, '2', '3', undefined, '2', '3']);
  });

  it('stops when its time is over and goes on there the next time', async () => {
    const world = new UpkeepWorld();
    const { seen, page } = pages(world, 40_000);

    expect(await walk(world.start(), { name: 'w', runMs: MINUTE_MS, page })).toBe('paused');
    expect(await walk(world.start(), { name: 'w', runMs: MINUTE_MS, page })).toBe('finished');

    expect(seen).toEqual([undefined, '2', '3']);
  });

  it('begins with the page that a run before it failed at', async () => {
    const world = new UpkeepWorld();
    const { seen, page } = pages(world, 1_000);
    const failing = async (cursor: string | undefined) => {
      if (cursor === '2') throw new Error('no answer');
      return page(cursor);
    };

    await expect(walk(world.start(), { name: 'w', runMs: MINUTE_MS, page: failing })).rejects.toThrow(
      'no answer',
    );
    expect(await walk(world.start(), { name: 'w', runMs: MINUTE_MS, page })).toBe('finished');

    expect(seen).toEqual([undefined, '2', '3']);
  });

  it('does nothing while another run holds the lease', async () => {
    const world = new UpkeepWorld();
    const { seen, page } = pages(world, 1_000);
    const ports = world.start();
    const ends: string[] = [];
    const within = async (cursor: string | undefined) => {
      if (cursor === undefined) ends.push(await walk(world.start(), { name: 'w', runMs: MINUTE_MS, page }));
      return page(cursor);
    };

    expect(await walk(ports, { name: 'w', runMs: MINUTE_MS, page: within })).toBe('finished');

    expect(ends).toEqual(['busy']);
    expect(seen).toEqual([undefined, '2', '3']);
  });

  it('ends when another run took it for dead', async () => {
    const world = new UpkeepWorld();
    const { page } = pages(world, 1_000);
    const slow = async (cursor: string | undefined) => {
      world.clock.nowMs += 2 * MINUTE_MS;
      await walk(world.start(), { name: 'w', runMs: 0, page });
      return page(cursor);
    };

    expect(await walk(world.start(), { name: 'w', runMs: 10 * MINUTE_MS, page: slow })).toBe('overtaken');
  });

  it('lets only one of two runs begin that find the lease free', async () => {
    const world = new UpkeepWorld();
    const { page } = pages(world, 1_000);
    const times = { now: world.now, until: eventTimeOf(world.clock.nowMs + MINUTE_MS) };

    const held = await Promise.all([
      world.start().progress.take('w', times),
      world.start().progress.take('w', times),
    ]);

    expect(held.filter(one => one !== undefined)).toHaveLength(1);
    expect(await walk(world.start(), { name: 'other', runMs: 0, page })).toBe('paused');
  });
});

describe('walkCounting', () => {
  it('tells how many there are, but not after a run that has seen only some of the pages', async () => {
    const world = new UpkeepWorld();
    const { page } = pages(world, 40_000);
    const counted = {
      name: 'w',
      runMs: MINUTE_MS,
      page: async (cursor: string | undefined) => ({ count: 2, cursor: await page(cursor) }),
    };

    expect(await walkCounting(world.start(), counted)).toBeUndefined();
    expect(await walkCounting(world.start(), counted)).toBeUndefined();
    expect(await walkCounting(world.start(), { ...counted, runMs: 10 * MINUTE_MS })).toBe(6);
  });
});

import { describe, expect, it } from 'vitest';
import { onDemand } from '../../shared/on-demand.ts';

describe('onDemand', () => {
  it('loads nothing before it is wanted, and once for all who want it', async () => {
    let loads = 0;
    const wanted = onDemand(async () => {
      loads += 1;
      return { load: loads };
    });
    expect(loads).toBe(0);

    const [first, second] = await Promise.all([wanted(), wanted()]);

    expect(await wanted()).toBe(first);
    expect(second).toBe(first);
    expect(loads).toBe(1);
  });

  it('tells everybody who waits that it failed, and loads anew for the next', async () => {
    let loads = 0;
    const wanted = onDemand(async () => {
      loads += 1;
      if (loads === 1) throw new Error('no such file');
      return loads;
    });

    const outcomes = await Promise.allSettled([wanted(), wanted()]);

    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await wanted()).toBe(2);
    expect(await wanted()).toBe(2);
  });
});

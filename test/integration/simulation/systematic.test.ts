import { describe, expect, it } from 'vitest';
import { runSeeds } from '../../simulation/run-seeds.ts';
import { CRASH_SCENARIOS, everyArrival, everyCrash, sampledPairs } from '../../simulation/systematic.ts';

/** Seconds on an idle machine; not so on one that is busy. */
const TIMEOUT_MS = 180_000;

describe.each(Object.entries(CRASH_SCENARIOS))('%s', (_name, scenario) => {
  it('comes out right whichever step a worker dies before or after', { timeout: TIMEOUT_MS }, async () => {
    let crashes = 0;
    for await (const { faults, result } of everyCrash(scenario)) {
      crashes += 1;
      expect(result.violations, JSON.stringify(faults)).toEqual([]);
    }
    expect(crashes).toBeGreaterThan(100);
  });

  it('comes out right when workers die at two steps', { timeout: TIMEOUT_MS }, async () => {
    for await (const { faults, result } of sampledPairs(scenario, { count: 100, seed: 1 })) {
      expect(result.violations, JSON.stringify(faults)).toEqual([]);
    }
  });
});

describe('a short call', () => {
  it('comes out right whatever order its callbacks arrive in', { timeout: TIMEOUT_MS }, async () => {
    for await (const { violations, scenario } of everyArrival()) {
      expect(violations, JSON.stringify(scenario.deliveries)).toEqual([]);
    }
  });
});

describe('histories by chance', () => {
  it('break no invariant', { timeout: TIMEOUT_MS }, async () => {
    const range = { firstSeed: 900_000, stride: 1, historiesMax: 500 };

    const { histories, faulty, failures } = await runSeeds(range, () => true);

    expect(failures.map(({ seed, profile, violations }) => ({ seed, profile, violations }))).toEqual([]);
    expect({ histories, faulty }).toEqual({ histories: 500, faulty: 500 });
  });
});

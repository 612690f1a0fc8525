import { describe, expect, it } from 'vitest';
import { fixtureFiles, readFixture } from '../../simulation/fixtures.ts';
import { generateScenario } from '../../simulation/generate-scenario.ts';
import { profileOf } from '../../simulation/profiles.ts';
import { runHistory } from '../../simulation/run-history.ts';

describe('runHistory', () => {
  it.each(fixtureFiles())('finds nothing wrong any more when it replays %s', async name => {
    const { scenario } = await readFixture(name);

    const { violations, injected } = await runHistory(scenario);

    expect(violations).toEqual([]);
    // A fault that no step meets any more shows that another schedule is run than the one that failed.
    expect(injected).toEqual('exactly' in scenario.faults && scenario.faults.exactly);
  });

  it.each([1, 2, 3, 4, 5, 6])('runs the same way again when the seed is the same: %i', async seed => {
    const { scenario } = generateScenario(seed, profileOf(seed));

    const [once, again] = [await runHistory(scenario), await runHistory(scenario)];

    expect(again).toEqual(once);
    // A matcher sees nothing of what is private to a class.
    expect(again.counts.toObject()).toEqual(once.counts.toObject());
  });

  it.each([2, 3, 4, 5, 9])('runs the same way when its faults are given one by one: seed %i', async seed => {
    const { scenario } = generateScenario(seed, profileOf(seed));
    const { steps, injected } = await runHistory(scenario);

    const again = await runHistory({ ...scenario, faults: { exactly: injected } });

    expect({ steps: again.steps, injected: again.injected }).toEqual({ steps, injected });
  });

  it('breaks no invariant in sixty histories by chance', async () => {
    for (let seed = 1_000; seed < 1_060; seed++) {
      const { scenario } = generateScenario(seed, profileOf(seed));
      expect((await runHistory(scenario)).violations, `seed ${seed}`).toEqual([]);
    }
  });
});

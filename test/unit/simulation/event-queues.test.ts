import { describe, expect, it } from 'vitest';
import { generateScenario } from '../../simulation/generate-scenario.ts';
import { profileOf } from '../../simulation/profiles.ts';
import { runHistory } from '../../simulation/run-history.ts';
import type { Scenario } from '../../simulation/scenario.ts';

const HISTORIES = 40;

/** The number of queues changes while callbacks come, and messages wait. */
function changing(seed: number, spreads: readonly number[]): Scenario {
  const { scenario } = generateScenario(seed, profileOf(seed));
  const lastMs = Math.max(...scenario.deliveries.map(({ atMs }) => atMs));
  const eventQueues = spreads.map((spread, index) => ({ atMs: (lastMs * index) / spreads.length, spread }));
  return { ...scenario, eventQueues };
}

describe('a change of the number of event queues', () => {
  it.each([
    ['raised', [1, 4]],
    ['lowered', [4, 1]],
    ['raised and lowered', [2, 5, 3, 1]],
  ])('loses no event, repeats no action and leaves nothing behind, %s under way', async (_, spreads) => {
    let spread = 0;
    for (let seed = 5_000; seed < 5_000 + HISTORIES; seed++) {
      const { violations, counts } = await runHistory(changing(seed, spreads));
      expect(violations, `seed ${seed}`).toEqual([]);
      spread += counts.of('E put into one of several queues');
    }
    expect(spread).toBeGreaterThan(HISTORIES);
  });
});

import { runSeeds } from './run-seeds.ts';
import type { Plant } from './world.ts';

/** Where the search for a planted bug begins; far apart, so that no two meet. */
const FIRST_SEEDS = [1, 10_001, 20_001, 30_001, 40_001] as const;

/** After how many histories a planted bug must be found. */
const HISTORIES_MAX = 200;

/** How many histories it took from each of five seeds to find that something is wrong; null where it was not found. */
export async function findBug(plant?: Plant): Promise<(number | null)[]> {
  const found: (number | null)[] = [];
  for (const firstSeed of FIRST_SEEDS) {
    const { profile, onlyLong } = plant ?? {};
    const range = { firstSeed, stride: 1, historiesMax: HISTORIES_MAX, profile, onlyLong, plant };
    const { histories, failures } = await runSeeds(range, ({ failures: soFar }) => soFar.length === 0);
    found.push(failures.length === 0 ? null : histories);
  }
  return found;
}

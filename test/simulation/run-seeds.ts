import { Counts } from './counts.ts';
import { generateScenario } from './generate-scenario.ts';
import { type ProfileName, profileOf } from './profiles.ts';
import { isReadAnew, rememberReadings } from './remembered-readings.ts';
import { runHistory } from './run-history.ts';
import type { Scenario } from './scenario.ts';
import type { Plant } from './world.ts';

/** Which histories to run. */
export interface SeedRange {
  readonly firstSeed: number;
  /** From one seed to the next: as many as run side by side. */
  readonly stride: number;
  readonly historiesMax: number;
  /** Undefined: every profile in its turn. */
  readonly profile?: ProfileName | undefined;
  /** None is brief; as the seed has it, unless told. */
  readonly onlyLong?: boolean | undefined;
  readonly plant?: Plant | undefined;
}

/** A history that broke an invariant. */
export interface Failure {
  readonly seed: number;
  readonly profile: ProfileName;
  readonly scenario: Scenario;
  readonly violations: readonly string[];
}

/** What the histories of a range came to. */
export interface SeedsResult {
  histories: number;
  /** Histories in which at least one thing went wrong. */
  faulty: number;
  steps: number;
  readonly counts: Counts;
  readonly failures: Failure[];
}

const FAILURES_KEPT = 5;

/**
 * Runs one history after the other.
 *
 * @param goesOn is asked after each of them, with what they came to so far.
 */
export async function runSeeds(
  range: SeedRange,
  goesOn: (result: SeedsResult) => boolean | Promise<boolean>,
): Promise<SeedsResult> {
  const result: SeedsResult = { histories: 0, faulty: 0, steps: 0, counts: new Counts(), failures: [] };
  for (let number = 0; number < range.historiesMax; number++) {
    const seed = range.firstSeed + number * range.stride;
    rememberReadings(!isReadAnew(seed));
    await runOne(range, seed, result);
    if (!(await goesOn(result))) break;
  }
  rememberReadings(false);
  return result;
}

async function runOne(range: SeedRange, seed: number, result: SeedsResult): Promise<void> {
  const profile = range.profile ?? profileOf(seed);
  const { scenario, counts } = generateScenario(seed, profile, range.onlyLong === true ? false : undefined);
  const history = await runHistory(scenario, range.plant).catch((error: unknown) => {
    throw new Error(`The history of seed ${seed}, profile ${profile}, threw.`, { cause: error });
  });
  result.histories += 1;
  result.steps += history.steps;
  if (counts.size > 0 || Object.keys(history.injected).length > 0) result.faulty += 1;
  result.counts.addAll(counts);
  result.counts.addAll(history.counts);
  const { violations } = history;
  if (violations.length === 0 || result.failures.length >= FAILURES_KEPT) return;
  result.failures.push({ seed, profile, scenario, violations });
}

import { choiceIn, integerIn, type readArgs } from '../../local/command-line.ts';
import { PROFILE_NAMES, type ProfileName } from './profiles.ts';

export const USAGE = `Simulates the whole system, with faults, by seed.

  npm run simulate -- [--seconds 60] [--seed 1] [--profile NAME] [--long] [--histories N]
                      [--skip-systematic]
  npm run simulate -- --replay test/fixtures/simulation/NAME.json
  npm run simulate -- --five-seeds [--profile NAME] [--long]    after how many histories a bug is found, at most 200

profiles: ${PROFILE_NAMES.join(', ')}; without one every seed has its own
--long: no history is brief; without it every twenty-ninth is long
--histories: so many, however long they take, unless --seconds is given as well`;

/** What a run is to do. */
export interface SimulateOptions {
  readonly seconds: number;
  readonly seed: number;
  readonly profile: ProfileName | undefined;
  readonly onlyLong: boolean;
  readonly historiesMax: number;
  readonly isSystematic: boolean;
  /** A fixture to run again, instead. */
  readonly replay: string | undefined;
  readonly isFiveSeeds: boolean;
}

/** A larger seed would draw the same as a smaller one: chance is made of 32 bits of it. */
const SEED_MAX = 0xffff_ffff;

const SECONDS = 60;
/** Long enough for as many histories as anybody asks for. */
const SECONDS_FOR_A_COUNT = 86_400;

/** The options of the command line. */
export const OPTIONS = {
  seconds: { type: 'string' },
  seed: { type: 'string', default: '1' },
  profile: { type: 'string' },
  long: { type: 'boolean', default: false },
  histories: { type: 'string' },
  replay: { type: 'string' },
  'skip-systematic': { type: 'boolean', default: false },
  'five-seeds': { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof readArgs<{ options: typeof OPTIONS }>>['values'];

/**
 * What a run is to do by its options.
 *
 * @throws UsageError for what cannot be used: nothing of it is guessed.
 */
export function simulateOptions(values: Values): SimulateOptions {
  const { histories, seconds, profile } = values;
  const isOfAllKinds = profile === undefined;
  return {
    seconds: seconds === undefined ? secondsFor(histories) : wholeNumber('seconds', seconds, 1),
    seed: integerIn(values.seed, { name: '--seed', least: 0, most: SEED_MAX }),
    profile: isOfAllKinds ? undefined : choiceIn(profile, '--profile', PROFILE_NAMES),
    onlyLong: values.long,
    historiesMax: histories === undefined ? Number.POSITIVE_INFINITY : wholeNumber('histories', histories, 1),
    isSystematic: isOfAllKinds && histories === undefined && !values['skip-systematic'],
    replay: values.replay,
    isFiveSeeds: values['five-seeds'],
  };
}

function secondsFor(histories: string | undefined): number {
  return histories === undefined ? SECONDS : SECONDS_FOR_A_COUNT;
}

function wholeNumber(option: string, text: string, least: number): number {
  return integerIn(text, { name: `--${option}`, least, most: Number.MAX_SAFE_INTEGER });
}

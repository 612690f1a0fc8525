import { isBrief } from './history-length.ts';
import type { ProviderProfile } from './scenario.ts';

/** What a kind of history is like. */
export interface Profile {
  /** Faults in every step, by chance. */
  readonly faultsPerStep: number;
  /** Whether processes die; they do, unless told. */
  readonly withCrashes?: boolean;
  readonly workers: readonly number[];
  readonly providers: readonly ProviderProfile[];
  /** The chance that a callback comes minutes late. */
  readonly delayed: number;
  readonly sweepEverySeconds: readonly (number | null)[];
  readonly maxDequeueCounts: readonly number[];
  readonly hiddenSeconds: readonly number[];
  /** For how long an ended call is kept, where retention runs: it does not, unless told. */
  readonly keptSeconds?: number;
}

/** The kinds of histories; a run without a choice goes through all of them. */
export const PROFILES = {
  calm: {
    faultsPerStep: 0,
    workers: [2],
    providers: ['preview', 'repeatable'],
    delayed: 0.05,
    sweepEverySeconds: [300, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  bursty: {
    faultsPerStep: 0.01,
    workers: [2, 3],
    providers: ['preview', 'repeatable'],
    delayed: 0,
    sweepEverySeconds: [300, 600, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  crashy: {
    faultsPerStep: 0.04,
    workers: [2, 2, 3],
    providers: ['preview', 'repeatable'],
    delayed: 0.1,
    sweepEverySeconds: [300, 600, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  repeatable: {
    faultsPerStep: 0.03,
    workers: [2],
    providers: ['repeatable'],
    delayed: 0.05,
    sweepEverySeconds: [300, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  unreliable: {
    faultsPerStep: 0.02,
    withCrashes: false,
    workers: [2],
    providers: ['preview', 'repeatable'],
    delayed: 0.02,
    sweepEverySeconds: [300, null, null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
  },
  unswept: {
    faultsPerStep: 0.04,
    workers: [2],
    providers: ['preview', 'repeatable'],
    delayed: 0.02,
    sweepEverySeconds: [null],
    maxDequeueCounts: [8],
    hiddenSeconds: [600, 30, 30],
  },
  poison: {
    faultsPerStep: 0.05,
    workers: [2],
    providers: ['preview', 'repeatable'],
    delayed: 0.1,
    sweepEverySeconds: [150, 300],
    maxDequeueCounts: [1, 2, 3],
    hiddenSeconds: [600],
  },
  retention: {
    faultsPerStep: 0.02,
    workers: [2],
    providers: ['preview', 'repeatable'],
    delayed: 0.02,
    sweepEverySeconds: [1_800],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
    keptSeconds: 900,
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

/** In the order in which long histories go through them. */
export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];

/** As often as brief histories are of them. */
const MIX = [
  'crashy',
  'bursty',
  'repeatable',
  'crashy',
  'unreliable',
  'unswept',
  'crashy',
  'calm',
  'bursty',
  'crashy',
  'repeatable',
  'unreliable',
  'crashy',
  'poison',
  'bursty',
  'crashy',
  'unswept',
  'repeatable',
  'crashy',
  'unreliable',
  'bursty',
  'crashy',
  'calm',
  'repeatable',
  'unswept',
  'unreliable',
  'retention',
] as const satisfies readonly ProfileName[];

/** The profile that a seed has when none is asked for. */
export function profileOf(seed: number): ProfileName {
  const names = isBrief(seed) ? MIX : PROFILE_NAMES;
  const profile = names[(isBrief(seed) ? seed : Math.floor(seed / 10)) % names.length];
  if (profile === undefined) throw new RangeError('There is no profile.');
  return profile;
}

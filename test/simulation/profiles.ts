import { appointmentReminder } from '../../flows/appointment-reminder.ts';
import { conversationMonitor } from '../../flows/conversation-monitor.ts';
import { interactiveMenu } from '../../flows/interactive-menu.ts';
import { outageNotification } from '../../flows/outage-notification.ts';
import type { FlowRequest } from '../../shared/flows/flow-input.ts';
import { isBrief, LONG_EVERY } from './history-length.ts';
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
  /** All calls are ours; one in eight, unless told. */
  readonly ours?: {
    /** The flows that one of them may be run by; none, where there are none. */
    readonly flows: readonly FlowRequest[];
    /** There are two or three, and they share a number with one line. */
    readonly needLine: boolean;
  };
}

const FLOW_REQUESTS: readonly FlowRequest[] = [
  { name: appointmentReminder.name, input: { ...appointmentReminder.example, silenceSeconds: 5 } },
  {
    name: outageNotification.name,
    input: { ...outageNotification.example, attempts: 2, retryAfterSeconds: 60 },
  },
  { name: interactiveMenu.name, input: { ...interactiveMenu.example, firstDigitSeconds: 5 } },
  { name: conversationMonitor.name, input: { ...conversationMonitor.example, aloneSeconds: 5 } },
];

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
  ga: {
    faultsPerStep: 0.04,
    workers: [2],
    providers: ['ga'],
    delayed: 0.02,
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
    // What the host gives up on is taken up by the sweep alone, which does not run here.
    maxDequeueCounts: [1_000],
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
  flows: {
    faultsPerStep: 0.03,
    workers: [2],
    providers: ['preview', 'ga'],
    delayed: 0.02,
    sweepEverySeconds: [1_800],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
    ours: { flows: FLOW_REQUESTS, needLine: false },
  },
  lines: {
    faultsPerStep: 0.02,
    workers: [2],
    providers: ['preview', 'ga'],
    delayed: 0.02,
    sweepEverySeconds: [600],
    maxDequeueCounts: [8],
    hiddenSeconds: [600],
    ours: { flows: [], needLine: true },
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];

/** As often as histories are of them. */
const COMMON: readonly ProfileName[] = [
  'crashy',
  'bursty',
  'repeatable',
  'unreliable',
  'crashy',
  'unswept',
  'repeatable',
  'crashy',
  'calm',
  'unreliable',
  'crashy',
  'bursty',
  'ga',
  'unswept',
  'crashy',
  'ga',
];

/** Many steps, and each of them with what the others do not have: one of them follows all of the common ones. */
const RARE: readonly ProfileName[] = ['poison', 'retention', 'flows', 'poison', 'retention', 'lines'];

const MIX = RARE.flatMap(rare => [...COMMON, rare]);

/** The profile that a seed has when none is asked for. */
export function profileOf(seed: number): ProfileName {
  const profile = MIX[(isBrief(seed) ? seed : Math.floor(seed / LONG_EVERY)) % MIX.length];
  if (profile === undefined) throw new RangeError('There is no profile.');
  return profile;
}

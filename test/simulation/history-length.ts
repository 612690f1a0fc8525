import type { DeciderName } from './deciders/deciders.ts';

/**
 * How much happens in a history. Most bugs show in a small world, and a small world takes a
 * third of the steps: so most histories are brief, and some are as long as calls are.
 */
export interface HistoryLength {
  /** The events of a call, beside those that come of its actions; nine is the least. */
  readonly events: { readonly from: number; readonly to: number };
  /** The chance that a callback has more than one event, and how many it has then. */
  readonly merged: number;
  readonly eventsPerCallback: { readonly from: number; readonly to: number };
  /** How long the pauses between events are, as a share of recorded ones: then fewer timers fire. */
  readonly pauses: number;
  /** The chances that an event comes twice, and twice with another time; one does in every history. */
  readonly duplicated: number;
  readonly restamped: number;
  /** How many keys are pressed at most, each of which has actions follow. */
  readonly tonesMax: number;
  /** The chance that there are two calls. */
  readonly twoCalls: number;
  /** The chance that the sweep runs where the profile has no need of it. */
  readonly swept: number;
  readonly deciders: readonly DeciderName[];
}

export const LONG: HistoryLength = {
  events: { from: 9, to: 12 },
  merged: 0.75,
  eventsPerCallback: { from: 2, to: 5 },
  pauses: 1,
  duplicated: 0.3,
  restamped: 0.15,
  tonesMax: Number.POSITIVE_INFINITY,
  twoCalls: 0.05,
  swept: 1,
  deciders: ['menu', 'menu', 'announcements', 'announcements', 'listening'],
};

export const BRIEF: HistoryLength = {
  events: { from: 9, to: 9 },
  merged: 0.98,
  eventsPerCallback: { from: 5, to: 9 },
  pauses: 0.3,
  duplicated: 0.01,
  restamped: 0.01,
  tonesMax: 1,
  twoCalls: 0,
  swept: 0.05,
  deciders: ['greeting', 'greeting', 'menu', 'announcements', 'listening', 'listening', 'listening'],
};

/** From one seed with a long history to the next. */
export const LONG_EVERY = 29;

/** Every twenty-ninth seed has a long history. */
export function isBrief(seed: number): boolean {
  return seed % LONG_EVERY !== 0;
}

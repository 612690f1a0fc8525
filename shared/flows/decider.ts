import type { ActionDraft } from '../domain/action.ts';
import type { Call } from '../domain/call.ts';
import type { Signal } from '../domain/signal.ts';

/** What a signal leads to. */
export interface Decision {
  readonly actions?: readonly ActionDraft[];
  /** Timers to arm; one of the same id that is armed gives way. */
  readonly arm?: readonly { readonly timerId: string; readonly afterMs: number }[];
  /** Ids of timers that are no longer of interest. */
  readonly cancel?: readonly string[];
}

/**
 * Decides what is to be done when something has become true on a call. Pure: the same call and signal lead to the same
 * decision, so that a call replays from its journal to the same plan.
 */
export interface Decider {
  /** Part of every action's id: what another version decides are other actions. */
  readonly version: string;
  decide(call: Call, signal: Signal): Decision;
}

/** Listens, and does nothing. */
export const listening: Decider = { version: 'listening', decide: () => ({}) };

import type { ActionDraft } from '../domain/action.ts';
import type { Call } from '../domain/call.ts';
import type { FlowState } from '../domain/flow-state.ts';
import type { Signal } from '../domain/signal.ts';

/** An action that is to be done, as far as it is decided. */
export interface PlannedDraft extends ActionDraft {
  /** What a flow calls it, to know it again. */
  readonly name?: string | undefined;
}

/** What a signal leads to. */
export interface Decision {
  readonly actions?: readonly PlannedDraft[];
  /** Timers to arm; one of the same id that is armed gives way. */
  readonly arm?: readonly { readonly timerId: string; readonly afterMs: number }[];
  /** Ids of timers that are no longer of interest. */
  readonly cancel?: readonly string[];
  /** How the flow stands from now on; as before unless told. */
  readonly flow?: Pick<FlowState, 'status' | 'snapshot' | 'result' | 'error'>;
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

/** Decides for the calls that one version of a flow runs. */
export interface FlowDecider extends Decider {
  /** What the flow does before anything is known of its call. */
  start(call: Call): Decision;
}

/** Finds the decider of a flow in the version that a call began with; undefined for one that is not deployed. */
export type FlowLookup = (flow: {
  readonly name: string;
  readonly version: number;
}) => FlowDecider | undefined;

/** Who decides on calls. */
export interface Deciders {
  /** For calls that no flow runs. */
  readonly decider: Decider;
  /** For those that one does; none is known unless told. */
  readonly flows?: FlowLookup | undefined;
}

/** Listens, and does nothing. */
export const listening: Decider = { version: 'listening', decide: () => ({}) };

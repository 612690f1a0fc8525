import type { FlowSnapshot, FlowState } from '../../domain/flow-state.ts';
import type { FlowActionKind } from '../flow-actions.ts';

/** Something that ACS was asked for and that has not ended. */
export interface Pending {
  readonly kind: FlowActionKind;
  readonly name: string | null;
  readonly isLooped: boolean;
  /** Of a recognition, what it may hear: one of the keys, a label, or anything said. */
  readonly hears: readonly string[];
}

/** A time-out that is armed. */
export interface PendingTimeOut {
  readonly id: string;
  /** Counts the moments at which those were armed that are armed now. How much time lies between two is not known. */
  readonly moment: number;
  /** What is left of it, as long as nothing else happens. */
  readonly leftMs: number;
}

/** A flow and all of the world around it that can make a difference to it: what the check explores, step by step. */
export interface Situation {
  readonly status: FlowState['status'];
  readonly snapshot: FlowSnapshot;
  /** `setUp`: it rings · `connected` · `over`: the flow was shown the end. */
  readonly line: 'setUp' | 'connected' | 'over';
  /** The flow wanted the call ended. */
  readonly isHungUp: boolean;
  /** Of two that have one name, the later. */
  readonly pending: readonly Pending[];
  /** Time-outs that are armed, the soonest of each moment first. */
  readonly timers: readonly PendingTimeOut[];
  /** The flow wants the call dialled again. */
  readonly isRedialled: boolean;
  /** Who is on the call beside ourselves. */
  readonly others: readonly string[];
}

/** The same text for two situations between which nothing makes a difference. */
export function situationKey(situation: Situation): string {
  const { status, line, isHungUp, pending, timers, others, isRedialled } = situation;
  return stateKey(situation) + JSON.stringify([status, line, isHungUp, pending, timers, others, isRedialled]);
}

const keys = new WeakMap<FlowSnapshot, string>();

/** Where the flow itself stands, whatever the world does. */
export function stateKey({ snapshot }: Pick<Situation, 'snapshot'>): string {
  const known = keys.get(snapshot);
  if (known !== undefined) return known;
  const { value, context, historyValue } = snapshot;
  const key = JSON.stringify([value, context, historyValue]);
  keys.set(snapshot, key);
  return key;
}

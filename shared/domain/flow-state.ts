import type { FlowStart } from './call-event.ts';
import type { Signal } from './signal.ts';

/** The signal of one type. */
export type SignalOf<Type extends Signal['type']> = Extract<Signal, { readonly type: Type }>;

/** What a flow has not been shown yet, so that it learns of everything in the order of cause and effect. */
export interface Waiting {
  /** `settling`: the call is over, and what arrived late is still awaited · `settled`: nothing more is shown. */
  readonly phase: 'open' | 'settling' | 'settled';
  /** The number of the tone that comes next; null until the first one was shown. */
  readonly nextTone: number | null;
  /** Tones whose predecessors have not come, in sequence. */
  readonly tones: readonly SignalOf<'toneReceived'>[];
  /** Ends of operations whose action has not been planned yet. */
  readonly operations: readonly SignalOf<'operationEnded'>[];
  /** What arrived since the call ended. */
  readonly late: readonly Signal[];
}

/** Where a statechart stands; plain JSON. */
export interface FlowSnapshot {
  readonly value: unknown;
  readonly context: unknown;
  /** Which states a history state leads to; none in most flows. */
  readonly historyValue?: unknown;
}

/** A flow that runs a call, as far as it has come. */
export interface FlowState extends FlowStart {
  /** `failed`: it broke its rules or threw, and decides nothing more. */
  readonly status: 'active' | 'done' | 'failed';
  /** Null for plain handlers, which remember nothing. */
  readonly snapshot: FlowSnapshot | null;
  /** What it came to; null until it is done. */
  readonly result: unknown;
  /** Why it failed. */
  readonly error: string | null;
  /** The names that it gave its actions, by action id. */
  readonly names: Readonly<Record<string, string>>;
  readonly waiting: Waiting;
}

/** A flow of which nothing is known but how it is to start. */
export function newFlowState({ name, version, input }: FlowStart): FlowState {
  const waiting: Waiting = { phase: 'open', nextTone: null, tones: [], operations: [], late: [] };
  const status = 'active';
  return { name, version, input, status, snapshot: null, result: null, error: null, names: {}, waiting };
}

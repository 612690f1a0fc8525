import type { AnyStateMachine } from 'xstate';
import type * as z from 'zod';
import type { ActingDialect } from '../actions/dialect-support.ts';
import type { Call } from '../domain/call.ts';
import type { PlannedDraft } from './decider.ts';
import type { FlowSignal, SignalName } from './flow-signals.ts';

/** Two kinds of signals that can come in either order and lead to different things, and why that is right. */
export interface Race {
  /** Names of signals, or `after` for a time-out. */
  readonly between: readonly [SignalName | 'after', SignalName | 'after'];
  readonly reason: string;
}

/** What every flow says of itself. */
interface FlowBase {
  /** In kebab-case: what a call is started with, and the name of its file. */
  readonly name: string;
  /** Counts up; a released version never changes, since calls that it runs go on with it. */
  readonly version: number;
  /** The dialects of the calls that it can run; all that can be acted in, unless told. */
  readonly dialects?: readonly ActingDialect[];
  /** In one sentence, for people. */
  readonly summary: string;
  /** What a call of the flow is started with. Beside it the app gives `attempt` and `previousCallKey` when it dials again. */
  readonly input: z.ZodType<Readonly<Record<string, unknown>>>;
  /** An input to try the flow with: the check explores it with this one. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** A flow as a statechart. */
export interface MachineFlow extends FlowBase {
  readonly machine: AnyStateMachine;
  /** The races that are known and right; the check finds all that there are. */
  readonly races: readonly Race[];
  /** The keys that the check presses; `129#` unless told. */
  readonly keys?: string;
}

/** What a plain handler answers a signal with. It remembers nothing: what it needs to know is in the call. */
export type SignalHandler<Name extends SignalName> = (
  call: Call,
  signal: FlowSignal<Name>,
) => readonly PlannedDraft[];

/** A flow without states: one function for each signal that it answers. */
export interface HandlerFlow extends FlowBase {
  readonly on: { readonly [Name in SignalName]?: SignalHandler<Name> };
}

export type Flow = MachineFlow | HandlerFlow;

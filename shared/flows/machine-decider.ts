import type { AnyStateMachine } from 'xstate';
import type { FlowSnapshot } from '../domain/flow-state.ts';
import type { Decision, FlowDecider, PlannedDraft } from './decider.ts';
import { orFailed } from './failed-flow.ts';
import type { MachineFlow } from './flow.ts';
import { flowDraftOf, isFlowAction } from './flow-actions.ts';
import { flowSignalOf } from './flow-signals.ts';
import { inertScope } from './inert-scope.ts';

export type MachineSnapshot = ReturnType<AnyStateMachine['resolveState']>;

/** What XState wants done after a transition. */
export interface Effect {
  readonly type: string;
  readonly params?: unknown;
}

/** A machine after a transition, and what it wants done. */
export interface Moved {
  readonly after: MachineSnapshot;
  readonly effects: readonly Effect[];
}

/**
 * Decides by a statechart. Pure: the machine is taken from its stored snapshot by one transition, and what it wants done
 * becomes actions and timers. A machine that throws, or wants anything else done, has failed: it decides nothing more,
 * and the line is hung up, since nobody would.
 */
export function machineDecider({ name, version, machine }: MachineFlow): FlowDecider {
  return {
    version: `${name}/${version}`,
    start: call => orFailed(call, () => decisionOf(begun(machine, call.flow?.input))),
    decide(call, signal) {
      const event = signal.type === 'timerFired' ? { type: signal.timerId } : flowSignalOf(call, signal);
      const snapshot = call.flow?.snapshot ?? null;
      if (event === undefined || snapshot === null) return {};
      return orFailed(call, () => decisionOf(moved(machine, snapshot, event)));
    },
  };
}

/** How many transitions one signal may lead to, by `always` and `raise`. */
const STEPS_MAX = 1_000;

/** Unless it is told a bound, XState goes round for ever where two states lead to each other at once. */
function bounded(machine: AnyStateMachine): AnyStateMachine {
  machine.options.maxIterations = STEPS_MAX;
  return machine;
}

/** A machine at its beginning. @throws whatever the machine throws. */
export function begun(machine: AnyStateMachine, input: unknown): Moved {
  const effects: Effect[] = [];
  const scope = inertScope(effect => effects.push(effect));
  return { after: bounded(machine).getInitialSnapshot(scope, input), effects };
}

/** A machine that was told something. @throws whatever the machine throws. */
export function moved(
  machine: AnyStateMachine,
  { value, context, historyValue = {} }: FlowSnapshot,
  event: { readonly type: string },
): Moved {
  const persisted = { status: 'active', value, context, historyValue, children: {} };
  const effects: Effect[] = [];
  const scope = inertScope(effect => effects.push(effect));
  const before = machine.restoreSnapshot(persisted as never, scope);
  return { after: bounded(machine).transition(before, event, scope), effects };
}

/**
 * What a transition comes to, as it is recorded.
 *
 * @throws RangeError for what a flow may not want, and whatever error the machine ended in.
 */
export function decisionOf({ after, effects }: Moved): Required<Decision> {
  if (after.status === 'error') throw after.error;
  const [child] = Object.keys(after.children);
  if (child !== undefined) throw new RangeError(forbidden(`the actor ${child}`));
  const isDone = after.status === 'done';
  const { actions, arm, cancel } = wanted(effects);
  return {
    actions,
    arm: isDone ? [] : arm,
    cancel,
    flow: {
      status: isDone ? 'done' : 'active',
      snapshot: plain(stored(after)),
      result: isDone ? plain(after.output ?? null) : null,
      error: null,
    },
  };
}

/** XState gives each delayed transition of a state one id, under which it is armed and cancelled. */
function wanted(effects: readonly Effect[]): Required<Pick<Decision, 'actions' | 'arm' | 'cancel'>> {
  const actions: PlannedDraft[] = [];
  const cancel: string[] = [];
  const arm = new Map<string, number>();
  for (const { type, params } of effects) {
    const { id = '', delay, sendId } = (params ?? {}) as { id?: string; delay?: number; sendId?: string };
    if (isFlowAction(type)) actions.push(flowDraftOf(type, params));
    else if (type === 'xstate.cancel' && sendId !== undefined) {
      arm.delete(sendId);
      cancel.push(sendId);
    } else if (isTimeOut(type, id)) arm.set(id, checkedDelay(id, delay));
    else if (!isRaisedAtOnce(type, delay)) throw new RangeError(forbidden(type));
  }
  return { actions, arm: [...arm].map(([timerId, afterMs]) => ({ timerId, afterMs })), cancel };
}

const TIME_OUT_MAX_MS = 7 * 86_400_000;

/** A time-out that cannot be: negative, of more than seven days, or of a delay that the machine does not have. */
export class WrongTimeOutError extends RangeError {
  override readonly name = 'WrongTimeOutError';
}

function checkedDelay(id: string, delay: unknown): number {
  if (typeof delay === 'number' && delay >= 0 && delay <= TIME_OUT_MAX_MS) return delay;
  throw new WrongTimeOutError(`the time-out ${id} is of ${String(delay)} ms`);
}

function isTimeOut(type: string, id: string): boolean {
  return type === 'xstate.raise' && id.startsWith('xstate.after.');
}

/** XState has dealt with it before it tells of effects. */
function isRaisedAtOnce(type: string, delay: number | undefined): boolean {
  return type === 'xstate.raise' && delay === undefined;
}

function stored(snapshot: MachineSnapshot): FlowSnapshot {
  const { machine, historyValue, ...rest } = snapshot;
  const { value, context } = rest as FlowSnapshot;
  if (Object.keys(historyValue).length === 0) return { value, context };
  const persisted = machine.getPersistedSnapshot(snapshot) as unknown as FlowSnapshot;
  return { value, context, historyValue: persisted.historyValue };
}

/** As it will be read from storage, so that a flow decides the same by it whether it was stored meanwhile or not. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function forbidden(type: string): string {
  return `the flow wants ${type} done, which is no action of Ringback: a flow acts by playAudio, hangUp and kin alone`;
}

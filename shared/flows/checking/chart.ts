import type { AnyStateMachine, AnyStateNode } from 'xstate';

/** An action as a state or a transition names it. */
export interface ActionRef {
  readonly type: string;
  /** `named`: to be found among the machine's own · `builtin`: one of XState's · `inline`: a function. */
  readonly source: 'named' | 'builtin' | 'inline';
}

/** A transition, with one guard and one set of actions. */
export interface ChartTransition {
  /** The signal; `after 30 s`, `after silence` and `always` where there is none. */
  readonly label: string;
  readonly event: 'after' | 'always' | (string & {});
  readonly guard: string | null;
  /** Names of states; empty where it stays. */
  readonly targets: readonly string[];
  readonly actions: readonly ActionRef[];
}

/** A state, as far as it can be read off without running the machine. */
export interface ChartState {
  /** `inside.watching`; empty for the machine itself. */
  readonly name: string;
  readonly parent: ChartState | null;
  readonly type: AnyStateNode['type'];
  readonly initial: string | null;
  readonly entry: readonly ActionRef[];
  readonly exit: readonly ActionRef[];
  readonly transitions: readonly ChartTransition[];
  readonly invokes: readonly string[];
}

/** All states of a machine in their order, the machine itself first. */
export function chartOf(machine: AnyStateMachine): readonly ChartState[] {
  const states: ChartState[] = [];
  visit(machine.root as AnyStateNode, null);
  return states;

  function visit(node: AnyStateNode, parent: ChartState | null): void {
    const state = stateOf(node, parent);
    states.push(state);
    for (const child of Object.values(node.states)) visit(child as AnyStateNode, state);
  }
}

/** The state and those around it, the innermost first. */
export function lineageOf(state: ChartState): readonly ChartState[] {
  return state.parent === null ? [state] : [state, ...lineageOf(state.parent)];
}

function stateOf(node: AnyStateNode, parent: ChartState | null): ChartState {
  const [first] = node.type === 'compound' ? node.initial.target : [];
  return {
    name: node.path.join('.'),
    parent,
    type: node.type,
    initial: first === undefined ? null : first.path.join('.'),
    entry: node.entry.map(actionRef),
    exit: node.exit.map(actionRef),
    transitions: transitionsOf(node),
    invokes: node.invoke.map(({ src }) => (typeof src === 'string' ? src : 'an actor')),
  };
}

type Transition = NonNullable<AnyStateNode['always']>[number];

function transitionsOf(node: AnyStateNode): ChartTransition[] {
  const delays = new Map(node.after.map(({ eventType, delay }) => [String(eventType), delay]));
  const listed = [...node.transitions].flatMap(([event, transitions]) =>
    transitions.map(transition => {
      const delay = delays.get(event);
      return delay === undefined
        ? transitionOf(transition, event, event)
        : transitionOf(transition, 'after', `after ${delayText(delay)}`);
    }),
  );
  return [...listed, ...(node.always ?? []).map(each => transitionOf(each, 'always', 'always'))];
}

function transitionOf(transition: Transition, event: string, label: string): ChartTransition {
  return {
    event,
    label,
    guard: guardName(transition.guard),
    targets: (transition.target ?? []).map(({ path }) => path.join('.')),
    actions: transition.actions.map(actionRef),
  };
}

function delayText(delay: unknown): string {
  if (typeof delay !== 'number') return typeof delay === 'string' ? delay : 'a computed time';
  return delay % 3_600_000 === 0 && delay > 0
    ? `${delay / 3_600_000} h`
    : delay % 1000 === 0
      ? `${delay / 1000} s`
      : `${delay} ms`;
}

function guardName(guard: unknown): string | null {
  if (guard === undefined) return null;
  if (typeof guard === 'string') return guard;
  if (typeof guard === 'object' && guard !== null && 'type' in guard) return String(guard.type);
  return 'a condition';
}

function actionRef(action: unknown): ActionRef {
  if (typeof action === 'string') return { type: action, source: 'named' };
  if (typeof action === 'function') {
    const type = 'type' in action ? String(action.type) : '';
    return type.startsWith('xstate.') ? { type, source: 'builtin' } : { type: action.name, source: 'inline' };
  }
  return { type: String((action as { type: unknown }).type), source: 'named' };
}

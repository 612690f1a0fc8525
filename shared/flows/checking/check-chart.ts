import type { AnyStateMachine } from 'xstate';
import { FLOW_ACTION_KINDS, isFlowAction } from '../flow-actions.ts';
import { FLOW_SIGNALS, KNOWN_SIGNALS } from '../flow-signals.ts';
import { type ActionRef, type ChartState, type ChartTransition, chartOf, lineageOf } from './chart.ts';
import { type Finding, findingsOf } from './finding.ts';

type Finder = ReturnType<typeof findingsOf>;

/** What can be found without running the machine. Pure. */
export function checkChart(name: string, machine: AnyStateMachine): readonly Finding[] {
  const states = chartOf(machine);
  const found = findingsOf(name);
  const reached = reachable(states);
  return states.flatMap(state => [
    ...checkReach(state, reached, found),
    ...checkSignals(state, found),
    ...checkActions(state, machine, found),
    ...checkWaiting(state, found),
    ...checkPrompts(state, found),
  ]);
}

function checkReach(state: ChartState, reached: ReadonlySet<string>, found: Finder): Finding[] {
  if (reached.has(state.name) || state.type === 'history') return [];
  return [found('unreachable', state.name, 'No transition leads here. Add one, or take the state away.')];
}

const BUILT_IN_SIGNALS = /^xstate\.(?:after|done)\./;

function checkSignals(state: ChartState, found: Finder): Finding[] {
  const unknown = state.transitions
    .map(({ event }) => event)
    .filter(event => event !== 'after' && event !== 'always' && !BUILT_IN_SIGNALS.test(event))
    .filter(event => !Object.hasOwn(FLOW_SIGNALS, event));
  return [...new Set(unknown)].map(event =>
    event.includes('*')
      ? found(
          'wildcard',
          nameOf(state),
          `It answers any signal, by \`${event}\`. Name the signals that it is to answer.`,
        )
      : found(
          'unknownSignal',
          nameOf(state),
          `It waits for \`${event}\`, which no flow is ever told. The signals are: ${KNOWN_SIGNALS.join(', ')}.`,
        ),
  );
}

function checkActions(state: ChartState, machine: AnyStateMachine, found: Finder): Finding[] {
  const used = [...state.entry, ...state.exit, ...state.transitions.flatMap(({ actions }) => actions)];
  const invoked = state.invokes.map(actor =>
    found(
      'invokes',
      nameOf(state),
      `It invokes ${actor}. A flow runs nothing by itself: ask for an action, and wait for the signal of its end.`,
    ),
  );
  return [...invoked, ...used.flatMap(action => checkAction(action, { state, machine, found }))];
}

function checkAction(
  { type, source }: ActionRef,
  {
    state,
    machine,
    found,
  }: { readonly state: ChartState; readonly machine: AnyStateMachine; readonly found: Finder },
): Finding[] {
  const where = nameOf(state);
  if (source === 'inline')
    return [found('sideEffect', where, sideEffect(type === '' ? 'a function' : `the function ${type}`))];
  if (source === 'builtin') return checkBuiltIn(type, where, found);
  if (isFlowAction(type)) return [];
  const own = (machine.implementations.actions as Readonly<Record<string, unknown>>)[type];
  if (typeof own === 'function') {
    const builtIn = 'type' in own ? String(own.type) : '';
    return builtIn.startsWith('xstate.')
      ? checkBuiltIn(builtIn, where, found)
      : [found('sideEffect', where, sideEffect(`\`${type}\``))];
  }
  const instead =
    type === 'placeCall' || type === 'joinCall'
      ? 'A flow runs one call; to place it anew, use `dialAgain`.'
      : `The actions are: ${FLOW_ACTION_KINDS.join(', ')}.`;
  return [found('unknownAction', where, `It does \`${type}\`, which is no action. ${instead}`)];
}

function sideEffect(what: string): string {
  return `It runs ${what}, which would do something by itself, and again on every replay. Use an action of Ringback, or \`assign\` to remember something.`;
}

/** What XState can do without anything happening outside the machine. */
const HARMLESS: readonly string[] = [
  'xstate.assign',
  'xstate.raise',
  'xstate.enqueueActions',
  'xstate.cancel',
];

function checkBuiltIn(type: string, where: string | null, found: Finder): Finding[] {
  if (HARMLESS.includes(type)) return [];
  const what = type.replace('xstate.', '');
  return [
    found(
      'talksToOthers',
      where,
      `It uses XState's \`${what}\`. A flow has no actors to talk to and writes no log: use an action of Ringback, or take it away.`,
    ),
  ];
}

function checkWaiting(state: ChartState, found: Finder): Finding[] {
  if (state.type !== 'atomic') return [];
  const transitions = lineageOf(state).flatMap(each => each.transitions);
  if (transitions.some(({ event }) => event === 'always')) return checkAlways(state, found);
  const heard = (signal: string) => transitions.some(({ event }) => event === signal);
  const onwards = transitions.filter(({ event, targets }) => event !== 'disconnected' && targets.length > 0);
  const deaf = heard('disconnected')
    ? []
    : [
        found(
          'deafToTheEnd',
          state.name,
          'It does not hear the end of the call. Answer `disconnected`, here or for the whole machine, with a transition to a final state.',
        ),
      ];
  if (onwards.length === 0) {
    return [
      ...deaf,
      found(
        'noWayOut',
        state.name,
        'Nothing leads on from here but the end of the call. Make it `type: "final"`, or add a transition and a time-out.',
      ),
    ];
  }
  // A call that is set up is ended by ACS, or given up by the app.
  if (heard('connected')) return deaf;
  return [...deaf, ...checkTimeOut(state, transitions, found)];
}

function checkAlways(state: ChartState, found: Finder): Finding[] {
  const always = state.transitions.filter(({ event }) => event === 'always');
  if (always.length === 0 || always.some(({ guard }) => guard === null)) return [];
  return [
    found(
      'allGuarded',
      state.name,
      'Every `always` here has a guard, so that the flow stays where none is true. Add a last one without a guard.',
    ),
  ];
}

function checkTimeOut(state: ChartState, transitions: readonly ChartTransition[], found: Finder): Finding[] {
  const timeOuts = transitions.filter(({ event }) => event === 'after');
  if (timeOuts.length === 0) {
    return [
      found(
        'noTimeOut',
        state.name,
        'It can wait for ever: whoever is called need not do anything. Add `after: { 10000: … }`.',
      ),
    ];
  }
  const goesOn = timeOuts.some(({ guard, targets }) => guard === null && targets.length > 0);
  return goesOn
    ? []
    : [
        found(
          'guardedTimeOut',
          state.name,
          'Every branch of its time-outs has a guard or leads nowhere, so it can wait for ever. Add a last branch without a guard, to another state.',
        ),
      ];
}

/** What is played for somebody to answer. */
const PROMPTS: readonly string[] = ['playAudio', 'playText', 'playSsml'];

function checkPrompts(state: ChartState, found: Finder): Finding[] {
  if (!state.entry.some(({ type }) => PROMPTS.includes(type))) return [];
  const heard = lineageOf(state).flatMap(({ transitions }) => transitions.map(({ event }) => event));
  if (heard.includes('toneReceived') || heard.includes('operationEnded')) return [];
  return [
    found(
      'promptWithoutAnswer',
      state.name,
      'It plays a prompt and hears neither a key nor the end of the prompt. Answer `toneReceived`, or `operationEnded` to go on.',
    ),
  ];
}

function reachable(states: readonly ChartState[]): ReadonlySet<string> {
  const byName = new Map(states.map(state => [state.name, state]));
  const reached = new Set<string>();
  const queue = [''];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const state = byName.get(name);
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    queue.push(...entered(state, states), ...state.transitions.flatMap(({ targets }) => targets));
    if (state.parent !== null) queue.push(state.parent.name);
  }
  return reached;
}

/** Where a state leads by being entered: its first inner state, or all of them; a history state, to any of its siblings. */
function entered(state: ChartState, states: readonly ChartState[]): readonly string[] {
  if (state.type === 'history')
    return states.filter(({ parent }) => parent === state.parent).map(({ name }) => name);
  if (state.type === 'parallel')
    return states.filter(({ parent }) => parent === state).map(({ name }) => name);
  return state.initial === null ? [] : [state.initial];
}

function nameOf({ name }: ChartState): string | null {
  return name === '' ? null : name;
}

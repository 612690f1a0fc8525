import { type AnyStateMachine, assign, emit, fromPromise, log, sendTo, setup, spawnChild } from 'xstate';
import * as z from 'zod';
import { type FlowTypes, flowActions } from '../../shared/flows/flow-setup.ts';
import { type Anything, type BadFlow, bad, ENDS, flowOf, PROMPT, RECOGNIZE } from './bad-flow.ts';

const whole = {
  id: 'bad',
  context: { rounds: 0 },
  initial: 'ringing',
  on: { disconnected: '.over' },
} as const;
const ringing = { on: { connected: 'menu' } } as const;

/** Not what TypeScript lets pass, but what JavaScript and casts do. */
const untyped = setup({ types: {} as { context: Anything }, actions: flowActions }) as unknown as {
  createMachine(config: unknown): AnyStateMachine;
};
const menuOf = (menu: unknown, more: object = {}) =>
  untyped.createMachine({ ...whole, states: { ringing, menu, ...ENDS, ...more } });

const waits = { after: { 10000: 'leaving' } };

/** Bad flows that can be told by how they are written. */
export const DRAWN: readonly BadFlow[] = [
  {
    what: 'a state that nothing leads to',
    flow: flowOf(menuOf(waits, { forgotten: waits })),
    rule: 'unreachable',
    where: 'bad, state forgotten',
    says: /No transition leads here/,
  },
  {
    what: 'a state that only the end of the call leaves',
    flow: flowOf(
      untyped.createMachine({
        ...whole,
        states: {
          ringing,
          menu: { entry: PROMPT, on: { toneReceived: { actions: 'cancelMedia' } } },
          over: ENDS.over,
        },
      }),
    ),
    rule: 'noWayOut',
    where: 'bad, state menu',
    says: /Make it `type: "final"`, or add a transition and a time-out/,
  },
  {
    what: 'a state that waits for a key for ever',
    flow: flowOf(menuOf({ on: { toneReceived: 'leaving' } })),
    rule: 'noTimeOut',
    where: 'bad, state menu',
    says: /It can wait for ever.*after: \{ 10000/,
  },
  {
    what: 'a time-out that a guard can hold up',
    flow: flowOf(menuOf({ after: { 10000: { guard: () => false, target: 'leaving' } } })),
    rule: 'guardedTimeOut',
    where: 'bad, state menu',
    says: /last branch without a guard/,
  },
  {
    what: 'a choice without a last branch',
    flow: flowOf(menuOf({ always: [{ guard: () => false, target: 'leaving' }] })),
    rule: 'allGuarded',
    where: 'bad, state menu',
    says: /Every `always` here has a guard/,
  },
  {
    what: 'a state that does not hear the end of the call',
    flow: flowOf(
      untyped.createMachine({
        ...whole,
        on: {},
        states: { ringing: { on: { connected: 'menu', disconnected: 'over' } }, menu: waits, ...ENDS },
      }),
    ),
    rule: 'deafToTheEnd',
    where: 'bad, state menu',
    says: /Answer `disconnected`/,
  },
  {
    what: 'a prompt that nobody can answer',
    flow: flowOf(menuOf({ entry: PROMPT, ...waits })),
    rule: 'promptWithoutAnswer',
    where: 'bad, state menu',
    says: /hears neither a key nor the end of the prompt/,
  },
  {
    what: 'an action that there is not',
    flow: flowOf(menuOf({ entry: 'sendSms', ...waits })),
    rule: 'unknownAction',
    where: 'bad, state menu',
    says: /does `sendSms`, which is no action. The actions are: playAudio/,
  },
  {
    what: 'another call placed by hand',
    flow: flowOf(menuOf({ entry: { type: 'placeCall', params: {} }, ...waits })),
    rule: 'unknownAction',
    where: 'bad, state menu',
    says: /use `dialAgain`/,
  },
  {
    what: 'a signal that there is not',
    flow: flowOf(menuOf({ on: { dtmf: 'leaving' }, ...waits })),
    rule: 'unknownSignal',
    where: 'bad, state menu',
    says: /waits for `dtmf`, which no flow is ever told. The signals are: connected/,
  },
  {
    what: 'a wildcard',
    flow: flowOf(menuOf({ on: { '*': 'leaving' }, ...waits })),
    rule: 'wildcard',
    where: 'bad, state menu',
    says: /answers any signal, by `\*`/,
  },
  {
    what: 'a function that does something',
    flow: flowOf(menuOf({ entry: () => undefined, ...waits })),
    rule: 'sideEffect',
    where: 'bad, state menu',
    says: /would do something by itself, and again on every replay/,
  },
  {
    what: 'an action of its own',
    flow: flowOf(
      setup({
        types: {} as FlowTypes<Anything>,
        actions: { ...flowActions, notifyCrm: () => undefined },
      }).createMachine({
        ...whole,
        states: { ringing, menu: { entry: 'notifyCrm', ...waits }, ...ENDS },
      }),
    ),
    rule: 'sideEffect',
    where: 'bad, state menu',
    says: /It runs `notifyCrm`/,
  },
  {
    what: 'an invoked promise',
    flow: flowOf(menuOf({ invoke: { src: fromPromise(async () => 1), onDone: 'leaving' }, ...waits })),
    rule: 'invokes',
    where: 'bad, state menu',
    says: /A flow runs nothing by itself/,
  },
  ...[
    { name: 'spawnChild', action: spawnChild(fromPromise(async () => 1)) },
    { name: 'sendTo', action: sendTo('somebody', { type: 'x' }) },
    { name: 'emit', action: emit({ type: 'x' }) },
    { name: 'log', action: log('x') },
  ].map(({ name, action }) => ({
    what: `XState's ${name}`,
    flow: flowOf(menuOf({ entry: action, ...waits })),
    rule: 'talksToOthers',
    where: 'bad, state menu',
    says: new RegExp(`It uses XState's \`${name}\``),
  })),
  {
    what: 'an id that is not its name',
    flow: flowOf(
      bad.createMachine({
        ...whole,
        id: 'good',
        states: { ringing, menu: { after: { 10000: 'leaving' } }, ...ENDS },
      }),
    ),
    rule: 'wrongId',
    where: 'bad',
    says: /Its machine has the id `good`/,
  },
  {
    what: 'a name that is no name',
    flow: flowOf(menuOf(waits), {
      name: 'Bad Flow',
      machine: untyped.createMachine({ ...whole, id: 'Bad Flow', states: { ringing, menu: waits, ...ENDS } }),
    }),
    rule: 'wrongName',
    where: 'Bad Flow',
    says: /kebab-case/,
  },
  {
    what: 'a version that does not count',
    flow: flowOf(menuOf(waits), { version: 0 }),
    rule: 'wrongVersion',
    where: 'bad',
    says: /Its version is 0/,
  },
  {
    what: 'an example that it does not take',
    flow: flowOf(menuOf(waits), { example: { colour: 'red' } }),
    rule: 'wrongExample',
    where: 'bad',
    says: /does not take its own example/,
  },
  {
    what: 'plain handlers for a signal that there is not',
    flow: {
      name: 'bad',
      version: 1,
      summary: 'Wrong.',
      input: z.object({}),
      example: {},
      on: { ringing: () => [] },
    } as never,
    rule: 'unknownSignal',
    where: 'bad',
    says: /It answers `ringing`/,
  },
];

/** Good ones, which must earn nothing. */
export const GOOD = [
  flowOf(menuOf(waits)),
  flowOf(
    menuOf({
      entry: [PROMPT, assign({ rounds: 1 })],
      on: { toneReceived: { guard: () => false, target: 'leaving' } },
      ...waits,
    }),
  ),
  flowOf(
    menuOf(
      {
        entry: RECOGNIZE,
        on: {
          operationEnded: [
            { guard: ({ event }: { event: { heard: unknown } }) => event.heard === '1', target: 'handing' },
            { target: 'leaving' },
          ],
          actionEnded: 'leaving',
        },
        ...waits,
      },
      {
        handing: {
          entry: { type: 'transferCall', params: { to: '+14255550199', name: 'agent' } },
          on: { operationEnded: 'leaving', actionEnded: 'leaving' },
          ...waits,
        },
      },
    ),
    {
      dialects: ['ga'],
      races: [
        { between: ['after', 'disconnected'], reason: 'What is begun as the line ends is skipped.' },
        {
          between: ['after', 'operationEnded'],
          reason: 'Whoever answers as the time runs out was too late.',
        },
      ],
    },
  ),
];

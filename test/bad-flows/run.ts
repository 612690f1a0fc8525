import { assign, raise } from 'xstate';
import * as z from 'zod';
import {
  type BadFlow,
  bad,
  context,
  ENDS,
  flowOf,
  flowWith,
  PROMPT,
  RECOGNIZE,
  ringing,
  whole,
} from './bad-flow.ts';

const AFTER_DISCONNECTED = { between: ['after', 'disconnected'], reason: 'Either is right.' } as const;

/** Bad flows that can only be told by trying what can happen to them. */
export const RUN: readonly BadFlow[] = [
  {
    what: 'a question that a dialect of its calls cannot ask',
    flow: flowWith({
      menu: {
        entry: RECOGNIZE,
        on: { operationEnded: 'leaving', actionEnded: 'leaving' },
        after: { 10000: 'leaving' },
      },
    }),
    rule: 'notInDialect',
    where: 'bad, state menu',
    says: /wants recognize, and its calls may be of preview-2021-04: GA .*alone.*dialects: \['ga'\]/,
  },
  {
    what: 'an end that leaves the line open',
    flow: flowWith({ menu: { on: { toneReceived: 'leaving' }, after: { 10000: 'over' } } }),
    rule: 'lineLeftOpen',
    where: 'bad, state menu',
    says: /the line stays open. Hang up first/,
  },
  {
    what: 'prompts that go round with the silence',
    flow: flowWith({
      menu: { entry: PROMPT, on: { toneReceived: 'leaving' }, after: { 10000: 'pause' } },
      pause: { after: { 1000: 'menu' } },
    }),
    rule: 'unboundedLoop',
    where: 'bad, state pause',
    says: /though nobody does anything.*Count the rounds/,
  },
  {
    what: 'wrong keys that are answered for ever',
    flow: flowWith({
      menu: { after: { 10000: 'leaving' }, on: { toneReceived: 'wrong' } },
      wrong: { entry: PROMPT, on: { toneReceived: 'menu' }, after: { 10000: 'leaving' } },
    }),
    rule: 'unboundedLoop',
    where: 'bad, state menu',
    says: /comes back here for ever: told toneReceived/,
  },
  {
    what: 'a context that grows with every key',
    flow: flowWith({
      menu: {
        after: { 10000: 'leaving' },
        on: {
          toneReceived: { actions: assign({ rounds: ({ context: { rounds } }) => rounds + 1 }) },
        },
      },
    }),
    rule: 'endless',
    where: 'bad',
    says: /More than 10,000 different situations.*without a bound: bound it with a guard/,
  },
  {
    what: 'a prompt on a line that is hung up',
    flow: flowWith({
      menu: { on: { toneReceived: 'leaving' }, after: { 10000: 'bye' } },
      bye: { entry: 'hangUp', after: { 1000: { target: 'over', actions: PROMPT } } },
    }),
    rule: 'actsAfterHangUp',
    where: 'bad, state bye',
    says: /on a line that it has hung up/,
  },
  {
    what: 'a prompt before anybody has answered',
    flow: flowWith({
      ringing: { entry: PROMPT, on: { connected: 'menu', toneReceived: 'menu' } },
      menu: { after: { 10000: 'leaving' } },
    }),
    rule: 'actsBeforeAnswer',
    where: 'bad, state ringing',
    says: /before anybody has answered/,
  },
  {
    what: 'a state that goes on after the end',
    flow: flowOf(
      bad.createMachine({
        id: 'bad',
        context,
        initial: 'ringing',
        on: { disconnected: '.leaving' },
        states: { ringing, menu: { after: { 10000: 'leaving' } }, ...ENDS },
      }),
    ),
    rule: 'goesOnAfterTheEnd',
    where: 'bad, state leaving',
    says: /Lead `disconnected` to a final state/,
  },
  {
    what: 'a guard that throws',
    flow: flowWith({
      menu: {
        after: { 10000: 'leaving' },
        on: {
          toneReceived: {
            guard: () => {
              throw new TypeError('no digits');
            },
            target: 'leaving',
          },
        },
      },
    }),
    rule: 'throws',
    where: 'bad, state menu',
    says: /no digits/,
  },
  {
    what: 'a context that is changed in place',
    flow: flowWith(
      {
        menu: {
          after: { 10000: 'leaving' },
          on: {
            toneReceived: {
              actions: assign(({ context: { keys } }) => {
                (keys as string[]).push('1');
                return {};
              }),
            },
          },
        },
      },
      {},
      { rounds: 0, keys: [] },
    ),
    rule: 'mutates',
    where: 'bad, state menu',
    says: /changes its context in place/,
  },
  {
    what: 'a context that does not survive storage',
    flow: flowWith({ menu: { entry: assign({ since: new Date(0) }), after: { 10000: 'leaving' } } }),
    rule: 'notPlain',
    where: 'bad, state ringing',
    says: /context.since is a Date/,
  },
  {
    what: 'a decision by chance',
    flow: flowWith({ menu: { entry: assign({ luck: () => Math.random() }), after: { 10000: 'leaving' } } }),
    rule: 'notPure',
    where: 'bad, state ringing',
    says: /it calls Math.random. What it decides must depend on the signal/,
  },
  {
    what: 'a time-out of more than a week',
    flow: flowWith({ menu: { after: { 1000000000: 'leaving' } } }),
    rule: 'wrongTimeOut',
    where: 'bad, state ringing',
    says: /is of 1000000000 ms. Use 0 to 604,800,000/,
  },
  {
    what: 'a time-out that the machine does not have',
    flow: flowWith({ menu: { after: { soon: 'leaving' } } as never }),
    rule: 'wrongTimeOut',
    where: 'bad, state ringing',
    says: /name only delays that the machine has/,
  },
  {
    what: 'a prompt that is no prompt',
    flow: flowWith({
      menu: {
        entry: { type: 'playAudio', params: { audioFileUri: 'a.wav' } },
        on: { toneReceived: 'leaving' },
        after: { 10000: 'leaving' },
      },
    }),
    rule: 'wrongAction',
    where: 'bad, state ringing',
    says: /expected the URL of a WAV file/,
  },
  {
    what: 'a raise that waits',
    flow: flowWith({
      menu: {
        entry: raise({ type: 'connected' }, { delay: 1_000 }),
        after: { 10000: 'leaving' },
      },
    }),
    rule: 'wrongAction',
    where: 'bad, state ringing',
    says: /wants xstate.raise done/,
  },
  {
    what: 'a state that no guard ever lets in',
    flow: flowWith({
      menu: {
        after: { 10000: 'leaving' },
        on: { toneReceived: { guard: ({ event }) => event.key === '7', target: 'seven' } },
      },
      seven: { after: { 10000: 'leaving' } },
    }),
    rule: 'neverEntered',
    where: 'bad, state seven',
    says: /a guard is never true/,
  },
  {
    what: 'calls again without a bound',
    flow: flowOf(
      bad.createMachine({
        ...whole,
        context,
        on: {
          disconnected: { target: '.over', actions: { type: 'dialAgain', params: { afterSeconds: 60 } } },
        },
        states: { ringing, menu: { after: { 10000: 'leaving' } }, ...ENDS },
      }),
      { input: z.object({}) },
    ),
    rule: 'dialsForEver',
    where: 'bad',
    says: /Take `attempt` from the input/,
  },
  {
    what: 'a race that is not declared',
    flow: flowWith(
      {
        menu: { after: { 10000: 'leaving' }, on: { toneReceived: 'thanks' } },
        thanks: { entry: PROMPT, on: { operationEnded: 'leaving' }, after: { 10000: 'leaving' } },
      },
      { races: [AFTER_DISCONNECTED] },
    ),
    rule: 'undeclaredRace',
    where: 'bad, state menu',
    says: /`after` and `toneReceived` can come in either order/,
  },
  {
    what: 'a race that is none',
    flow: flowWith(
      { menu: { after: { 10000: 'leaving' } } },
      {
        races: [AFTER_DISCONNECTED, { between: ['rosterChanged', 'toneReceived'], reason: 'Just in case.' }],
      },
    ),
    rule: 'noSuchRace',
    where: 'bad',
    says: /declares a race between `rosterChanged` and `toneReceived`/,
  },
  {
    what: 'a race without a reason',
    flow: flowWith(
      { menu: { after: { 10000: 'leaving' } } },
      { races: [{ ...AFTER_DISCONNECTED, reason: ' ' }] },
    ),
    rule: 'raceWithoutReason',
    where: 'bad',
    says: /Give a reason/,
  },
];

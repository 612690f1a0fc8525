import { assign, raise } from 'xstate';
import * as z from 'zod';
import { type BadFlow, bad, context, ENDS, flowOf, flowWith, PROMPT, ringing, whole } from './bad-flow.ts';

function everySecondTime(): () => boolean {
  let times = 0;
  return () => {
    times += 1;
    return times % 2 === 0;
  };
}

function ringOfItself(): unknown {
  const ring: Record<string, unknown> = {};
  ring['again'] = ring;
  return ring;
}

/** Bad flows that do well as long as one looks only at what they decide, one thing at a time. */
export const HIDDEN: readonly BadFlow[] = [
  {
    what: 'a guard that looks at the clock, and decides the same all the same',
    flow: flowWith({
      menu: {
        on: { toneReceived: { guard: () => Date.now() > 0, target: 'leaving' } },
        after: { 10000: 'leaving' },
      },
    }),
    rule: 'notPure',
    where: 'bad, state menu',
    says: /Told toneReceived 1, it calls Date.now/,
  },
  {
    what: 'an assignment that makes a request',
    flow: flowWith({
      menu: {
        entry: assign({ answer: () => fetch('http://127.0.0.1:1/').catch(() => null) }),
        after: { 10000: 'leaving' },
      },
    }),
    rule: 'notPure',
    where: 'bad, state ringing',
    says: /it calls fetch/,
  },
  {
    what: 'a guard that remembers by itself',
    flow: flowWith({
      menu: {
        on: { toneReceived: { guard: everySecondTime(), target: 'leaving' } },
        after: { 10000: 'leaving' },
      },
    }),
    rule: 'notPure',
    where: 'bad, state menu',
    says: /twice in the same situation, it decides differently. No clock, no randomness/,
  },
  {
    what: 'states that lead to each other at once',
    flow: flowWith({
      menu: { on: { toneReceived: 'here' }, after: { 10000: 'leaving' } },
      here: { always: 'there' },
      there: { always: 'here' },
    }),
    rule: 'spins',
    where: 'bad, state menu',
    says: /Told toneReceived 1, it goes from state to state for ever without waiting/,
  },
  {
    what: 'a signal that raises itself',
    flow: flowWith({
      menu: {
        on: {
          toneReceived: { actions: raise({ type: 'rosterChanged', present: [], others: [] }) },
          rosterChanged: { actions: raise({ type: 'rosterChanged', present: [], others: [] }) },
        },
        after: { 10000: 'leaving' },
      },
    }),
    rule: 'spins',
    where: 'bad, state menu',
    says: /`raise` lead back to where they began/,
  },
  {
    what: 'a context that holds itself',
    flow: flowWith({ menu: { entry: assign({ ring: () => ringOfItself() }), after: { 10000: 'leaving' } } }),
    rule: 'notPlain',
    where: 'bad, state ringing',
    says: /context.ring.again leads back to itself/,
  },
  {
    what: 'an answer for the whole machine, and a state that waits for ever',
    flow: flowOf(
      bad.createMachine({
        ...whole,
        context,
        on: { connected: '.menu', disconnected: '.over' },
        states: {
          ringing: { on: { toneReceived: 'menu' } },
          menu: { on: { toneReceived: 'leaving' } },
          ...ENDS,
        },
      }),
    ),
    rule: 'noTimeOut',
    where: 'bad, state menu',
    says: /No time-out runs here/,
  },
  {
    what: 'a time-out of all that comes first when keys put the inner one off',
    flow: flowOf(
      bad.createMachine({
        ...whole,
        context,
        states: {
          ringing: { on: { connected: 'inside' } },
          inside: {
            initial: 'menu',
            after: { 30000: 'over' },
            states: {
              menu: {
                on: { toneReceived: { target: 'menu', reenter: true } },
                after: { 10000: '#bad.leaving' },
              },
            },
          },
          ...ENDS,
        },
      }),
    ),
    rule: 'lineLeftOpen',
    where: 'bad, state inside.menu',
    says: /ends when told after xstate.after.30000.bad.inside, and the line stays open/,
  },
  {
    what: 'two calls in place of one',
    flow: flowOf(
      bad.createMachine({
        ...whole,
        context: ({ input }) => ({ rounds: input.attempt ?? 1 }),
        on: {
          disconnected: [
            {
              guard: ({ context: { rounds } }) => rounds < 3,
              target: '.over',
              actions: [
                { type: 'dialAgain', params: { afterSeconds: 60 } },
                { type: 'dialAgain', params: { afterSeconds: 90 } },
              ],
            },
            { target: '.over' },
          ],
        },
        states: { ringing, menu: { after: { 10000: 'leaving' } }, ...ENDS },
      }),
      { input: z.object({}) },
    ),
    rule: 'dialsTwice',
    where: 'bad, state ringing',
    says: /every call would lead to two/,
  },
  {
    what: 'a prompt that is cut short, or not, as it comes',
    flow: flowWith(
      {
        menu: {
          on: {
            toneReceived: {
              guard: ({ context: { isCut } }) => isCut !== true,
              actions: ['cancelMedia', assign({ isCut: true })],
            },
            rosterChanged: {
              guard: ({ context: { isPlayed } }) => isPlayed !== true,
              actions: [PROMPT, assign({ isPlayed: true })],
            },
            operationEnded: 'leaving',
            actionEnded: 'leaving',
          },
          after: { 10000: 'leaving' },
        },
      },
      {
        races: (
          [
            ['actionEnded', 'toneReceived'],
            ['after', 'disconnected'],
            ['after', 'rosterChanged'],
            ['after', 'toneReceived'],
            ['operationEnded', 'toneReceived'],
          ] as const
        ).map(between => ({ between, reason: 'Either is right.' })),
      },
      { rounds: 0, isCut: false, isPlayed: false },
    ),
    rule: 'undeclaredRace',
    where: 'bad, state menu',
    says: /toneReceived 1, rosterChanged somebody → cancelMedia, playAudio a, menu; but rosterChanged somebody, toneReceived 1 → playAudio a, cancelMedia, menu/,
  },
  {
    what: 'an input that its schema makes a date of',
    flow: flowWith(
      { menu: { after: { 10000: 'leaving' } } },
      { input: z.strictObject({ due: z.coerce.date() }), example: { due: '2030-01-01' } },
    ),
    rule: 'notPlain',
    where: 'bad',
    says: /What its schema makes of the example is no plain JSON: input.due is a Date/,
  },
];

import { assign, setup } from 'xstate';
import * as z from 'zod';
import type { MachineFlow } from '../../shared/flows/flow.ts';
import { type FlowTypes, flowActions } from '../../shared/flows/flow-setup.ts';

interface Context {
  readonly prompt: string;
  readonly keys: string;
  readonly attempt: number;
}

type Input = { readonly prompt: string; readonly attempt?: number };

const machine = setup({
  types: {} as FlowTypes<Context, Input>,
  actions: flowActions,
  guards: {
    isPrompt: ({ event }) => event.type === 'operationEnded' && event.name === 'greeting',
    mayTryAgain: ({ context, event }) =>
      event.type === 'disconnected' && !event.wasConnected && context.attempt < 2,
  },
}).createMachine({
  id: 'test-flow',
  context: ({ input }) => ({ prompt: input.prompt, keys: '', attempt: input.attempt ?? 1 }),
  output: ({ context }) => ({ keys: context.keys }),
  initial: 'ringing',
  on: {
    disconnected: [
      { guard: 'mayTryAgain', target: '.over', actions: { type: 'dialAgain', params: { afterSeconds: 60 } } },
      { target: '.over' },
    ],
  },
  states: {
    ringing: { on: { connected: 'greeting' } },
    greeting: {
      entry: {
        type: 'playAudio',
        params: ({ context }) => ({ audioFileUri: context.prompt, name: 'greeting' }),
      },
      on: {
        toneReceived: [
          { guard: ({ event }) => event.key === '#', target: 'leaving' },
          { actions: assign({ keys: ({ context, event }) => context.keys + event.key }) },
        ],
        operationEnded: { guard: 'isPrompt', target: 'listening' },
        actionEnded: 'leaving',
      },
      after: { 20000: 'leaving' },
    },
    listening: {
      on: {
        toneReceived: [
          { guard: ({ event }) => event.key === '#', target: 'leaving' },
          {
            target: 'listening',
            reenter: true,
            actions: assign({ keys: ({ context, event }) => context.keys + event.key }),
          },
        ],
      },
      after: { 10000: 'leaving' },
    },
    leaving: { entry: 'hangUp', after: { 60000: 'over' } },
    over: { type: 'final' },
  },
});

/** A flow for tests of what runs flows: greets, collects keys until `#` or a silence, hangs up; dials again once. */
export const testFlow: MachineFlow = {
  name: 'test-flow',
  version: 1,
  summary: 'Collects keys.',
  input: z.object({ prompt: z.url() }),
  example: { prompt: 'https://media.example.com/greeting.wav' },
  machine,
  races: [],
};

import { assign, setup } from 'xstate';
import * as z from 'zod';
import type { MachineFlow } from '../shared/flows/flow.ts';
import { type FlowTypes, flowActions } from '../shared/flows/flow-setup.ts';
import type { FlowSignal } from '../shared/flows/flow-signals.ts';

const input = z.strictObject({
  aloneSeconds: z.int().min(5).max(3_600).default(60).describe('How long it stays where nobody else is.'),
  hours: z.number().min(0.1).max(24).default(24).describe('How long it stays at most.'),
});

type Input = z.infer<typeof input>;
type Report = Pick<FlowSignal<'disconnected'>, 'connectedAt' | 'endedAt' | 'participants'>;

interface Context extends Input {
  readonly report: Report | null;
}

const machine = setup({
  types: {} as FlowTypes<Context, Input>,
  actions: flowActions,
  delays: {
    alone: ({ context }) => context.aloneSeconds * 1000,
    longest: ({ context }) => context.hours * 3_600_000,
  },
  guards: {
    somebodyIsHere: ({ event }) => event.type === 'rosterChanged' && event.others.length > 0,
    nobodyIsHere: ({ event }) => event.type === 'rosterChanged' && event.others.length === 0,
  },
}).createMachine({
  id: 'conversation-monitor',
  context: ({ input: given }) => ({ ...given, report: null }),
  output: ({ context }) => context.report,
  initial: 'joining',
  on: {
    disconnected: {
      target: '.over',
      actions: assign({
        report: ({ event: { connectedAt, endedAt, participants } }) => ({
          connectedAt,
          endedAt,
          participants,
        }),
      }),
    },
  },
  states: {
    joining: { on: { connected: 'inside' } },
    inside: {
      initial: 'alone',
      after: { longest: 'leaving' },
      states: {
        alone: {
          on: { rosterChanged: { guard: 'somebodyIsHere', target: 'watching' } },
          after: { alone: '#conversation-monitor.leaving' },
        },
        watching: { on: { rosterChanged: { guard: 'nobodyIsHere', target: 'alone' } } },
      },
    },
    leaving: { entry: 'hangUp', after: { 60000: 'over' } },
    over: { type: 'final' },
  },
});

/** Watches a conversation that it joined: who came and went, until nobody else is there. */
export const conversationMonitor: MachineFlow = {
  name: 'conversation-monitor',
  version: 1,
  summary: 'Watches who comes and goes in a conversation, leaves when nobody else is there, and reports.',
  input,
  example: {},
  machine,
  races: [
    {
      between: ['after', 'rosterChanged'],
      reason:
        'Whoever comes in the very moment in which the monitor gives up waiting finds that it has left.',
    },
    {
      between: ['after', 'disconnected'],
      reason: 'Hanging up as the conversation ends comes to the same.',
    },
  ],
};

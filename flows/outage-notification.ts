import { assign, setup } from 'xstate';
import * as z from 'zod';
import { audioFileUriSchema } from '../shared/actions/vocabulary/audio-file.ts';
import type { RedialInput } from '../shared/flows/dial-again.ts';
import type { MachineFlow } from '../shared/flows/flow.ts';
import { type FlowTypes, flowActions } from '../shared/flows/flow-setup.ts';
import { isEndOf } from '../shared/flows/is-end-of.ts';

const input = z.strictObject({
  notice: audioFileUriSchema.describe('Says what happened, and which key acknowledges it.'),
  thanks: audioFileUriSchema.describe('Says thanks.'),
  acknowledgeKey: z
    .string()
    .regex(/^[\d*#]$/, 'expected one key, such as 1')
    .default('1')
    .describe('The key that acknowledges.'),
  notices: z.int().min(1).max(10).default(2).describe('How often the notice is played on one call at most.'),
  attempts: z
    .int()
    .min(1)
    .max(20)
    .default(3)
    .describe('How many calls are made at most, the first one included.'),
  retryAfterSeconds: z
    .int()
    .min(30)
    .max(86_400)
    .default(300)
    .describe('How long after a call the next one is made.'),
});

type Input = z.infer<typeof input>;

interface Context extends Input {
  readonly attempt: number;
  readonly played: number;
  readonly acknowledged: boolean;
  readonly dialsAgain: boolean;
  readonly outcome: string | null;
}

const machine = setup({
  types: {} as FlowTypes<Context, Input & RedialInput>,
  actions: flowActions,
  guards: {
    acknowledges: ({ context, event }) =>
      event.type === 'toneReceived' && event.key === context.acknowledgeKey,
    noticeEnded: ({ context, event }) => isEndOf(`notice ${context.played}`, event),
    thanksEnded: ({ event }) => isEndOf('thanks', event),
    mayPlayAgain: ({ context }) => context.played < context.notices,
    /** Whoever answered and did not acknowledge may be a voicemail. */
    mayDialAgain: ({ context, event }) =>
      !context.acknowledged &&
      context.attempt < context.attempts &&
      (event.type !== 'disconnected' || event.advice !== 'never'),
  },
}).createMachine({
  id: 'outage-notification',
  context: ({ input: { previousCallKey: _, ...given } }) => ({
    ...given,
    attempt: given.attempt ?? 1,
    played: 0,
    acknowledged: false,
    dialsAgain: false,
    outcome: null,
  }),
  output: ({ context: { acknowledged, attempt, dialsAgain, outcome } }) => ({
    acknowledged,
    attempt,
    dialsAgain,
    outcome,
  }),
  initial: 'ringing',
  on: { disconnected: { target: '.deciding', actions: assign({ outcome: ({ event }) => event.outcome }) } },
  states: {
    ringing: { on: { connected: 'notifying' } },
    notifying: {
      entry: [
        assign({ played: ({ context }) => context.played + 1 }),
        {
          type: 'playAudio',
          params: ({ context }) => ({ audioFileUri: context.notice, name: `notice ${context.played}` }),
        },
      ],
      on: {
        toneReceived: { guard: 'acknowledges', target: 'acknowledged' },
        operationEnded: { guard: 'noticeEnded', target: 'listening' },
        actionEnded: { guard: 'noticeEnded', target: 'leaving' },
      },
      after: { 120000: 'listening' },
    },
    listening: {
      on: { toneReceived: { guard: 'acknowledges', target: 'acknowledged' } },
      after: { 10000: [{ guard: 'mayPlayAgain', target: 'notifying' }, { target: 'leaving' }] },
    },
    acknowledged: {
      entry: [
        assign({ acknowledged: true }),
        'cancelMedia',
        { type: 'playAudio', params: ({ context }) => ({ audioFileUri: context.thanks, name: 'thanks' }) },
      ],
      on: {
        operationEnded: { guard: 'thanksEnded', target: 'leaving' },
        actionEnded: { guard: 'thanksEnded', target: 'leaving' },
      },
      after: { 30000: 'leaving' },
    },
    leaving: { entry: 'hangUp', after: { 60000: 'deciding' } },
    deciding: {
      always: [
        {
          guard: 'mayDialAgain',
          target: 'over',
          actions: [
            assign({ dialsAgain: true }),
            { type: 'dialAgain', params: ({ context }) => ({ afterSeconds: context.retryAfterSeconds }) },
          ],
        },
        { target: 'over' },
      ],
    },
    over: { type: 'final' },
  },
});

/** Tells of an outage until somebody acknowledges it with a key, calling again where nobody did. */
export const outageNotification: MachineFlow = {
  name: 'outage-notification',
  version: 1,
  summary: 'Tells of an outage, is acknowledged by a key, and calls again where nobody did.',
  input,
  example: {
    notice: 'https://media.example.com/outage.wav',
    thanks: 'https://media.example.com/thanks.wav',
  },
  machine,
  races: [
    {
      between: ['after', 'toneReceived'],
      reason:
        'A key at the very end of the pause acknowledges, whether the notice has begun anew by then or not.',
    },
    {
      between: ['actionEnded', 'toneReceived'],
      reason:
        'A key that comes before it is known that the notice cannot be played acknowledges; after that the line is being left.',
    },
    {
      between: ['actionEnded', 'after'],
      reason: 'A notice that ACS refuses only after two minutes is taken for one that was played.',
    },
    {
      between: ['after', 'disconnected'],
      reason: 'Hanging up as the callee does comes to the same.',
    },
  ],
};

import { assign, setup } from 'xstate';
import * as z from 'zod';
import { audioFileUriSchema } from '../shared/actions/vocabulary/audio-file.ts';
import type { MachineFlow } from '../shared/flows/flow.ts';
import { type FlowTypes, flowActions } from '../shared/flows/flow-setup.ts';
import { isEndOf } from '../shared/flows/is-end-of.ts';

const input = z.strictObject({
  question: audioFileUriSchema.describe('Asks for the digits.'),
  again: audioFileUriSchema.describe('Says that they were wrong, or that none came, and asks again.'),
  accepted: audioFileUriSchema.describe('Says thanks.'),
  maxDigits: z.int().min(1).max(20).default(4).describe('How many digits at most.'),
  stopKey: z.enum(['#', '*']).default('#').describe('The key that ends them.'),
  firstDigitSeconds: z
    .int()
    .min(1)
    .max(60)
    .default(8)
    .describe('How long the first digit is awaited when the question has been played.'),
  betweenDigitsSeconds: z.int().min(1).max(60).default(4).describe('How long the next digit is awaited.'),
  choices: z
    .array(z.string().regex(/^[\d*#]+$/))
    .optional()
    .describe('What is accepted; anything unless told.'),
  tries: z.int().min(1).max(10).default(3).describe('How often it is asked at most.'),
});

type Input = z.infer<typeof input>;

interface Context extends Input {
  readonly digits: string;
  readonly asked: number;
  readonly isAccepted: boolean;
}

const machine = setup({
  types: {} as FlowTypes<Context, Input>,
  actions: flowActions,
  delays: {
    firstDigit: ({ context }) => context.firstDigitSeconds * 1000,
    betweenDigits: ({ context }) => context.betweenDigitsSeconds * 1000,
  },
  guards: {
    isStop: ({ context, event }) => event.type === 'toneReceived' && event.key === context.stopKey,
    isLast: ({ context }) => context.digits.length + 1 >= context.maxDigits,
    isRight: ({ context: { digits, choices } }) =>
      digits !== '' && (choices === undefined || choices.includes(digits)),
    mayAsk: ({ context }) => context.asked < context.tries,
    questionEnded: ({ context, event }) => isEndOf(`question ${context.asked}`, event),
    thanksEnded: ({ event }) => isEndOf('accepted', event),
  },
}).createMachine({
  id: 'interactive-menu',
  context: ({ input: given }) => ({ ...given, digits: '', asked: 0, isAccepted: false }),
  output: ({ context: { digits, asked, isAccepted } }) => ({
    digits: isAccepted ? digits : null,
    asked,
    status: isAccepted ? 'accepted' : digits === '' ? 'no-input' : 'wrong-input',
  }),
  initial: 'ringing',
  on: { disconnected: '.over' },
  states: {
    ringing: { on: { connected: 'asking' } },
    asking: {
      entry: [
        assign({ asked: ({ context }) => context.asked + 1, digits: '' }),
        {
          type: 'playAudio',
          params: ({ context }) => ({
            audioFileUri: context.asked === 1 ? context.question : context.again,
            name: `question ${context.asked}`,
          }),
        },
      ],
      on: {
        toneReceived: [
          { guard: 'isStop', target: 'checking', actions: 'cancelMedia' },
          { guard: 'isLast', target: 'checking', actions: ['cancelMedia', assign(withDigit)] },
          { target: 'collecting', actions: ['cancelMedia', assign(withDigit)] },
        ],
        operationEnded: { guard: 'questionEnded', target: 'waiting' },
        actionEnded: { guard: 'questionEnded', target: 'leaving' },
      },
      after: { 120000: 'waiting' },
    },
    waiting: {
      on: {
        toneReceived: [
          { guard: 'isStop', target: 'checking' },
          { guard: 'isLast', target: 'checking', actions: assign(withDigit) },
          { target: 'collecting', actions: assign(withDigit) },
        ],
      },
      after: { firstDigit: 'checking' },
    },
    collecting: {
      on: {
        toneReceived: [
          { guard: 'isStop', target: 'checking' },
          { guard: 'isLast', target: 'checking', actions: assign(withDigit) },
          { target: 'collecting', reenter: true, actions: assign(withDigit) },
        ],
      },
      after: { betweenDigits: 'checking' },
    },
    checking: {
      always: [
        { guard: 'isRight', target: 'accepted' },
        { guard: 'mayAsk', target: 'asking' },
        { target: 'leaving' },
      ],
    },
    accepted: {
      entry: [
        assign({ isAccepted: true }),
        {
          type: 'playAudio',
          params: ({ context }) => ({ audioFileUri: context.accepted, name: 'accepted' }),
        },
      ],
      on: {
        operationEnded: { guard: 'thanksEnded', target: 'leaving' },
        actionEnded: { guard: 'thanksEnded', target: 'leaving' },
      },
      after: { 30000: 'leaving' },
    },
    leaving: { entry: 'hangUp', after: { 60000: 'over' } },
    over: { type: 'final' },
  },
});

function withDigit({
  context,
  event,
}: {
  readonly context: Context;
  readonly event: { readonly type: string; readonly key?: string };
}): Pick<Context, 'digits'> {
  return { digits: context.digits + (event.key ?? '') };
}

/** Asks for digits and collects them: so many at most, up to a stop key or a pause; asks again for what is wrong. */
export const interactiveMenu: MachineFlow = {
  name: 'interactive-menu',
  version: 1,
  summary: 'Collects digits: so many at most, up to a stop key or a pause; asks again for what is wrong.',
  input,
  example: {
    question: 'https://media.example.com/question.wav',
    again: 'https://media.example.com/again.wav',
    accepted: 'https://media.example.com/accepted.wav',
    maxDigits: 2,
    choices: ['1', '12'],
    tries: 2,
  },
  machine,
  races: [
    {
      between: ['after', 'toneReceived'],
      reason: 'A digit in the very moment in which the pause ends belongs to the next try, or to none.',
    },
    {
      between: ['operationEnded', 'toneReceived'],
      reason: 'A digit is collected either way; the question is cut short only while it is played.',
    },
    {
      between: ['actionEnded', 'toneReceived'],
      reason:
        'A digit that comes before it is known that the question cannot be asked is collected; after that the line is being left.',
    },
    {
      between: ['actionEnded', 'after'],
      reason: 'A question that ACS refuses only after two minutes is taken for one that was asked.',
    },
    {
      between: ['after', 'disconnected'],
      reason: 'Whether digits count that are complete as the callee hangs up is decided by what comes first.',
    },
  ],
};

import { assign, setup } from 'xstate';
import * as z from 'zod';
import { audioFileUriSchema } from '../shared/actions/vocabulary/audio-file.ts';
import { identitySchema } from '../shared/actions/vocabulary/identity.ts';
import type { MachineFlow } from '../shared/flows/flow.ts';
import { type FlowTypes, flowActions } from '../shared/flows/flow-setup.ts';
import { isEndOf, isSuccessOf } from '../shared/flows/is-end-of.ts';

const input = z.strictObject({
  reminder: audioFileUriSchema.describe(
    'Says what the appointment is, and to press 1 to confirm it, 2 to speak to somebody.',
  ),
  confirmed: audioFileUriSchema.describe('Says thanks for a confirmation.'),
  unavailable: audioFileUriSchema.describe('Says that nobody could be reached.'),
  agent: identitySchema.describe('Who is invited when the callee asks for somebody.'),
  silenceSeconds: z
    .int()
    .min(5)
    .max(600)
    .default(30)
    .describe('How long a key is awaited before it is reminded again.'),
  reminders: z.int().min(1).max(10).default(2).describe('How often the reminder is begun at most.'),
  invitations: z.int().min(1).max(5).default(3).describe('How often the agent is invited at most.'),
});

type Input = z.infer<typeof input>;

interface Context extends Input {
  readonly reminded: number;
  readonly invited: number;
  readonly answer: 'confirmed' | 'agent' | 'agent-unavailable' | null;
  readonly outcome: string | null;
}

const machine = setup({
  types: {} as FlowTypes<Context, Input>,
  actions: flowActions,
  delays: { silence: ({ context }) => context.silenceSeconds * 1000 },
  guards: {
    confirms: ({ event }) => event.type === 'toneReceived' && event.key === '1',
    asksForAgent: ({ event }) => event.type === 'toneReceived' && event.key === '2',
    mayRemind: ({ context }) => context.reminded < context.reminders,
    mayInvite: ({ context }) => context.invited < context.invitations,
    reminderEnded: ({ context, event }) => isEndOf(`reminder ${context.reminded}`, event),
    thanksEnded: ({ event }) => isEndOf('confirmed', event),
    apologyEnded: ({ event }) => isEndOf('unavailable', event),
    agentJoined: ({ context, event }) => isSuccessOf(`agent ${context.invited}`, event),
    invitationEnded: ({ context, event }) => isEndOf(`agent ${context.invited}`, event),
    everybodyLeft: ({ event }) => event.type === 'rosterChanged' && event.others.length === 0,
  },
}).createMachine({
  id: 'appointment-reminder',
  context: ({ input: given }) => ({ ...given, reminded: 0, invited: 0, answer: null, outcome: null }),
  output: ({ context: { answer, reminded, invited, outcome } }) => ({ answer, reminded, invited, outcome }),
  initial: 'ringing',
  on: { disconnected: { target: '.over', actions: assign({ outcome: ({ event }) => event.outcome }) } },
  states: {
    ringing: { on: { connected: 'reminding' } },
    reminding: {
      entry: [
        assign({ reminded: ({ context }) => context.reminded + 1 }),
        {
          type: 'playAudio',
          params: ({ context }) => ({
            audioFileUri: context.reminder,
            loop: true,
            name: `reminder ${context.reminded}`,
          }),
        },
      ],
      exit: 'cancelMedia',
      on: {
        toneReceived: [
          { guard: 'confirms', target: 'confirmed' },
          { guard: 'asksForAgent', target: 'inviting' },
        ],
        operationEnded: { guard: 'reminderEnded', target: 'leaving' },
        actionEnded: { guard: 'reminderEnded', target: 'leaving' },
      },
      after: { silence: [{ guard: 'mayRemind', target: 'reminding', reenter: true }, { target: 'leaving' }] },
    },
    confirmed: {
      entry: [
        assign({ answer: 'confirmed' }),
        {
          type: 'playAudio',
          params: ({ context }) => ({ audioFileUri: context.confirmed, name: 'confirmed' }),
        },
      ],
      on: {
        operationEnded: { guard: 'thanksEnded', target: 'leaving' },
        actionEnded: { guard: 'thanksEnded', target: 'leaving' },
      },
      after: { 30000: 'leaving' },
    },
    inviting: {
      entry: [
        assign({ answer: 'agent', invited: ({ context }) => context.invited + 1 }),
        {
          type: 'addParticipants',
          params: ({ context }) => ({ participants: [context.agent], name: `agent ${context.invited}` }),
        },
      ],
      on: {
        operationEnded: [
          { guard: 'agentJoined', target: 'talking' },
          { guard: 'invitationEnded', target: 'pausing' },
        ],
        actionEnded: { guard: 'invitationEnded', target: 'pausing' },
      },
      after: { 60000: 'pausing' },
    },
    pausing: {
      on: { operationEnded: { guard: 'agentJoined', target: 'talking' } },
      after: { 5000: [{ guard: 'mayInvite', target: 'inviting' }, { target: 'apologizing' }] },
    },
    talking: {
      on: { rosterChanged: { guard: 'everybodyLeft', target: 'leaving' } },
      after: { 7200000: 'leaving' },
    },
    apologizing: {
      entry: [
        assign({ answer: 'agent-unavailable' }),
        {
          type: 'playAudio',
          params: ({ context }) => ({ audioFileUri: context.unavailable, name: 'unavailable' }),
        },
      ],
      on: {
        operationEnded: { guard: 'apologyEnded', target: 'leaving' },
        actionEnded: { guard: 'apologyEnded', target: 'leaving' },
      },
      after: { 30000: 'leaving' },
    },
    leaving: { entry: 'hangUp', after: { 60000: 'over' } },
    over: { type: 'final' },
  },
});

/** Reminds of an appointment: 1 confirms it, 2 asks for somebody who is invited onto the call. */
export const appointmentReminder: MachineFlow = {
  name: 'appointment-reminder',
  version: 1,
  summary: 'Reminds of an appointment: 1 confirms it, 2 brings an agent onto the call.',
  input,
  example: {
    reminder: 'https://media.example.com/reminder.wav',
    confirmed: 'https://media.example.com/confirmed.wav',
    unavailable: 'https://media.example.com/unavailable.wav',
    agent: '+14255550199',
  },
  machine,
  races: [
    {
      between: ['after', 'toneReceived'],
      reason:
        'A key at the very end of the silence is answered, whether the reminder has begun anew by then or not.',
    },
    {
      between: ['after', 'operationEnded'],
      reason:
        'A prompt or an invitation that ends as its time runs out has ended either way; one more reminder may begin.',
    },
    {
      between: ['after', 'actionEnded'],
      reason: 'The same for one that ACS refuses as its time runs out.',
    },
    {
      between: ['after', 'disconnected'],
      reason: 'What is begun as the callee hangs up is skipped, or cut off with the line.',
    },
    {
      between: ['operationEnded', 'toneReceived'],
      reason: 'A key counts if it is pressed before the reminder fails; after that the line is being left.',
    },
    {
      between: ['actionEnded', 'toneReceived'],
      reason: 'The same where ACS refuses the reminder.',
    },
    {
      between: ['operationEnded', 'rosterChanged'],
      reason:
        'Whoever left before the agent was on the call is told of by the end of the call, or by its next roster.',
    },
  ],
};

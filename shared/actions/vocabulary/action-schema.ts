import * as z from 'zod';
import { ACTION_KINDS } from '../../domain/action.ts';
import { audioFileUriSchema, resourceIdSchema } from './audio-file.ts';
import { acsUserSchema, identitiesSchema, identitySchema, numberSchema } from './identity.ts';
import { eventsSchema, modalitiesSchema } from './subscription.ts';
import { conversationIdSchema, participantIdSchema, subjectSchema } from './texts.ts';

const from = acsUserSchema.optional().describe('Who calls; the setting ACS_SOURCE_USER unless told.');
const callerId = numberSchema
  .optional()
  .describe('The number that telephones show; the setting CALLER_ID unless told.');
const subject = subjectSchema.optional();

/** A call to one or several, who are rung at once. */
export const placeCallSchema = z.strictObject({
  kind: z.literal('placeCall').describe('Calls one or several, who are rung at once.'),
  to: z
    .union([identitySchema.transform(identity => [identity]), identitiesSchema])
    .describe('Who is called: one or several.'),
  from,
  callerId,
  subject,
  modalities: modalitiesSchema,
  events: eventsSchema,
});

/** Our own leg on a conversation that others are on. */
export const joinCallSchema = z.strictObject({
  kind: z.literal('joinCall').describe('Joins a conversation.'),
  conversationId: conversationIdSchema,
  from,
  subject,
  modalities: modalitiesSchema,
  events: eventsSchema,
});

/** An invitation into a conversation that we are not in. */
export const addToConversationSchema = z.strictObject({
  kind: z.literal('addToConversation').describe('Calls somebody into a conversation that we are not in.'),
  conversationId: conversationIdSchema,
  participants: identitiesSchema,
  callerId,
});

/**
 * Every action, in the words of the domain and flat, as HTTP and flows write it. A member that is not known is a fault:
 * it is a misspelt one.
 */
export const actionSchema = z.discriminatedUnion(
  'kind',
  [
    placeCallSchema,
    joinCallSchema,
    z.strictObject({ kind: z.literal('hangUp').describe('Leaves the call.') }),
    z.strictObject({ kind: z.literal('endForAll').describe('Ends the call for everybody on it.') }),
    z.strictObject({
      kind: z.literal('playAudio').describe('Plays a prompt to everybody on the call.'),
      audioFileUri: audioFileUriSchema,
      loop: z
        .boolean('expected true or false')
        .default(false)
        .describe('Whether the prompt begins anew at its end, until it is cancelled.'),
      resourceId: resourceIdSchema.optional(),
    }),
    z.strictObject({ kind: z.literal('cancelMedia').describe('Stops whatever is played.') }),
    z.strictObject({
      kind: z.literal('addParticipants').describe('Calls somebody into the call.'),
      participants: identitiesSchema,
      callerId,
    }),
    z.strictObject({
      kind: z.literal('removeParticipant').describe('Removes somebody from the call.'),
      participantId: participantIdSchema,
    }),
    addToConversationSchema,
    z.strictObject({
      kind: z
        .literal('removeFromConversation')
        .describe('Removes somebody from a conversation that we are not in.'),
      conversationId: conversationIdSchema,
      participantId: participantIdSchema,
    }),
  ],
  { error: `expected one of ${ACTION_KINDS.join(', ')}` },
);

/** An action that was read: identities are raw ids, and what has a default has it. */
export type ActionSpec = z.infer<typeof actionSchema>;

/** An action as HTTP and flows write it. */
export type ActionInput = z.input<typeof actionSchema>;

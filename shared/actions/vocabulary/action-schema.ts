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

/**
 * Every action, in the words of the domain and flat, as HTTP and flows write it. A member that is not known is a fault:
 * it is a misspelt one.
 */
export const actionSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('placeCall'),
      to: z
        .union([identitySchema.transform(identity => [identity]), identitiesSchema])
        .describe('Who is called: one or several.'),
      from,
      callerId,
      subject,
      modalities: modalitiesSchema,
      events: eventsSchema,
    }),
    z.strictObject({
      kind: z.literal('joinCall'),
      conversationId: conversationIdSchema,
      from,
      subject,
      modalities: modalitiesSchema,
      events: eventsSchema,
    }),
    z.strictObject({ kind: z.literal('hangUp') }),
    z.strictObject({ kind: z.literal('endForAll') }),
    z.strictObject({
      kind: z.literal('playAudio'),
      audioFileUri: audioFileUriSchema,
      loop: z
        .boolean('expected true or false')
        .default(false)
        .describe('Whether the prompt begins anew at its end, until it is cancelled.'),
      resourceId: resourceIdSchema.optional(),
    }),
    z.strictObject({ kind: z.literal('cancelMedia') }),
    z.strictObject({ kind: z.literal('addParticipants'), participants: identitiesSchema, callerId }),
    z.strictObject({ kind: z.literal('removeParticipant'), participantId: participantIdSchema }),
    z.strictObject({
      kind: z.literal('addToConversation'),
      conversationId: conversationIdSchema,
      participants: identitiesSchema,
      callerId,
    }),
    z.strictObject({
      kind: z.literal('removeFromConversation'),
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

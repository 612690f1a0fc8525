import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import { identitiesSchema, identitySchema, numberSchema } from './identity.ts';
import { idSchema, participantIdSchema } from './texts.ts';

/** ACS rings nobody longer than this. */
const RINGING_MAX_SECONDS = 180;
const RINGING = `expected a whole number of seconds from 1 to ${RINGING_MAX_SECONDS}, such as 45`;

/** The number that telephones show. */
export const callerIdSchema = lazily(() =>
  numberSchema().optional().describe('The number that telephones show; the setting CALLER_ID unless told.'),
);

/** Actions on who is on a call. */
export const participantSchemas = lazily(
  () =>
    [
      z.strictObject({
        kind: z.literal('addParticipants').describe('Calls somebody into the call.'),
        participants: identitiesSchema(),
        callerId: callerIdSchema(),
        ringingSeconds: z
          .int(RINGING)
          .min(1, RINGING)
          .max(RINGING_MAX_SECONDS, RINGING)
          .optional()
          .describe('How long they are rung; as long as ACS does, unless told. GA alone can do that.'),
      }),
      z.strictObject({
        kind: z.literal('cancelAddParticipant').describe('Calls an invitation off that is not answered yet.'),
        invitationId: idSchema().describe('As the action that added them has it.'),
      }),
      z
        .strictObject({
          kind: z.literal('removeParticipant').describe('Removes somebody from the call.'),
          participant: identitySchema.optional().describe('Who is removed: what GA asks for.'),
          participantId: participantIdSchema().optional(),
        })
        .refine(({ participant, participantId }) => (participant ?? participantId) !== undefined, {
          path: ['participantId'],
          message:
            'expected participantId, such as de7539f7-019e-4934-a4c9-9a770e5e07bb, or participant where the call is one of GA',
        }),
      z.strictObject({
        kind: z.literal('muteParticipant').describe('Mutes somebody; they can end that themselves.'),
        participant: identitySchema.describe('Who is muted.'),
      }),
      z.strictObject({
        kind: z.literal('moveParticipants').describe('Brings somebody over from another call of ours.'),
        participants: identitiesSchema(),
        fromCall: idSchema().describe('The callConnectionId of the call that they are on.'),
      }),
      z.strictObject({
        kind: z.literal('transferCall').describe('Hands the call on: who is on it talks to somebody else.'),
        to: identitySchema.describe('Who takes it.'),
        transferee: identitySchema.optional().describe('Who is handed on, where several are on the call.'),
        callerId: numberSchema().optional().describe('The number that a telephone shows which takes it.'),
      }),
    ] as const,
);

import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import { audioFileUriSchema, resourceIdSchema } from './audio-file.ts';
import { identitySchema } from './identity.ts';
import { languageSchema, promptSchema, spokenMembers, ssmlSchema } from './prompt.ts';
import { sentTonesSchema } from './tones.ts';

const played = lazily(() => ({
  loop: z
    .boolean('expected true or false')
    .default(false)
    .describe('Whether the prompt begins anew at its end, until it is cancelled.'),
  resourceId: resourceIdSchema().optional(),
  to: identitySchema.optional().describe('Who hears it; everybody unless told. GA alone can do that.'),
}));
const participantMember = lazily(() => identitySchema.describe('Who on the call it is about.'));

/** Actions on what is heard on a call. */
export const mediaSchemas = lazily(
  () =>
    [
      z.strictObject({
        kind: z.literal('playAudio').describe('Plays a file to everybody on the call, or to one of them.'),
        audioFileUri: audioFileUriSchema,
        ...played(),
      }),
      z.strictObject({
        kind: z.literal('playText').describe('Says a text to everybody on the call, or to one of them.'),
        ...spokenMembers(),
        ...played(),
      }),
      z.strictObject({
        kind: z.literal('playSsml').describe('Says a text as its marks say, to everybody or to one of them.'),
        ssml: ssmlSchema(),
        ...played(),
      }),
      z.strictObject({ kind: z.literal('cancelMedia').describe('Stops whatever is played.') }),
      z.strictObject({
        kind: z.literal('holdParticipant').describe('Puts somebody on hold.'),
        participant: participantMember(),
        prompt: promptSchema().optional(),
      }),
      z.strictObject({
        kind: z.literal('unholdParticipant').describe('Takes somebody off hold.'),
        participant: participantMember(),
      }),
      z.strictObject({
        kind: z.literal('startContinuousDtmf').describe('Has ACS tell of every key that somebody presses.'),
        participant: participantMember(),
      }),
      z.strictObject({
        kind: z.literal('stopContinuousDtmf').describe('Ends that.'),
        participant: participantMember(),
      }),
      z.strictObject({
        kind: z.literal('sendDtmf').describe('Presses keys for somebody’s telephone to hear.'),
        tones: sentTonesSchema(),
        participant: participantMember(),
      }),
      z.strictObject({
        kind: z.literal('startTranscription').describe('Begins to transcribe a call that was set up for it.'),
        language: languageSchema().optional(),
      }),
      z.strictObject({ kind: z.literal('stopTranscription').describe('Ends the transcription.') }),
    ] as const,
);

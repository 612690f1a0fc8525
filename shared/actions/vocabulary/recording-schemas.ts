import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import { idSchema } from './texts.ts';

const recordingId = lazily(() =>
  idSchema().describe('As the action that started it has it, and the events of the recording.'),
);

function oneOf<const Names extends readonly [string, ...string[]]>(names: Names) {
  return z.enum(names, `expected one of ${names.join(', ')}`).optional();
}

/** Actions on recordings. */
export const recordingSchemas = lazily(
  () =>
    [
      z.strictObject({
        kind: z.literal('startRecording').describe('Records the call.'),
        content: oneOf(['audio', 'audioVideo']).describe('What is recorded; audioVideo unless told.'),
        channels: oneOf(['mixed', 'unmixed']).describe(
          'All in one, or one for each participant; mixed unless told.',
        ),
        format: oneOf(['wav', 'mp3', 'mp4']).describe('The format of the file; mp4 unless told.'),
        paused: z.boolean('expected true or false').default(false).describe('Whether it begins paused.'),
      }),
      z.strictObject({
        kind: z.literal('pauseRecording').describe('Pauses a recording.'),
        recordingId: recordingId(),
      }),
      z.strictObject({
        kind: z.literal('resumeRecording').describe('Goes on with it.'),
        recordingId: recordingId(),
      }),
      z.strictObject({ kind: z.literal('stopRecording').describe('Ends it.'), recordingId: recordingId() }),
    ] as const,
);

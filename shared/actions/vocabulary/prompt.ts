import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import { audioFileUriSchema, resourceIdSchema } from './audio-file.ts';

/** What ACS takes as text to be spoken: 400 characters; longer ones are to be sent as SSML. */
const TEXT_MAX = 400;
const TEXT = `expected a text of 1 to ${TEXT_MAX} characters, such as Good morning`;

/** A text that is spoken. */
const spokenTextSchema = lazily(() =>
  z
    .string(TEXT)
    .min(1, TEXT)
    .max(TEXT_MAX, TEXT)
    .describe('What is said.')
    .meta({ examples: ['Good morning. You have an appointment at nine.'] }),
);

/** The API sets no limit to it; this one is ours. */
const SSML_MAX = 8_192;
const SSML = `expected a document of SSML in 1 to ${SSML_MAX} characters, such as <speak version="1.0" xml:lang="en-US">Hello</speak>`;

/** A text that is spoken as its marks say. */
export const ssmlSchema = lazily(() =>
  z
    .string(SSML)
    .max(SSML_MAX, SSML)
    .regex(/^\s*<(\?xml|speak)[\s>]/, SSML)
    .describe('What is said, and how: a document of the Speech Synthesis Markup Language.')
    .meta({ examples: ['<speak version="1.0" xml:lang="en-US">Hello</speak>'] }),
);

const VOICE = 'expected the name of a voice, such as en-US-NancyNeural';

/** The voice that speaks a text. */
const voiceSchema = lazily(() =>
  z
    .string(VOICE)
    .regex(/^[\w:.-]{1,128}$/, VOICE)
    .describe('The voice that speaks.')
    .meta({ examples: ['en-US-NancyNeural'] }),
);

const LANGUAGE = 'expected a language as BCP 47 has it, such as en-US';

/** The language that is spoken, or listened for. */
export const languageSchema = lazily(() =>
  z
    .string(LANGUAGE)
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, LANGUAGE)
    .describe('The language.')
    .meta({ examples: ['en-US'] }),
);

/** What a text takes beside itself. */
export const spokenMembers = lazily(() => ({
  text: spokenTextSchema(),
  voice: voiceSchema().optional(),
  language: languageSchema().optional(),
}));

/** What is played before somebody is listened to, or while somebody waits. */
export const promptSchema = lazily(() =>
  z
    .union(
      [
        z.strictObject({ audioFileUri: audioFileUriSchema, resourceId: resourceIdSchema().optional() }),
        z.strictObject({ ...spokenMembers(), resourceId: resourceIdSchema().optional() }),
        z.strictObject({ ssml: ssmlSchema(), resourceId: resourceIdSchema().optional() }),
      ],
      'expected a prompt: {"audioFileUri": …}, {"text": …} or {"ssml": …}',
    )
    .describe('What is played: a file, a text or SSML.'),
);

/** A prompt that was read. */
export type Prompt = z.infer<ReturnType<typeof promptSchema>>;

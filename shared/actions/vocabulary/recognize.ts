import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import { identitySchema } from './identity.ts';
import { languageSchema, promptSchema } from './prompt.ts';
import { dtmfToneSchema } from './tones.ts';

/** The limits of ACS: silence of 300 s before tones, of 20 s before anything that is said; 60 s between two tones. */
const SILENCE_MAX = { tones: 300, speech: 20 } as const;
const INTER_TONE_MAX = 60;
/** The API sets none to these; they are ours. */
const TONES_MAX = 100;
const CHOICES_MAX = 50;
const PHRASES_MAX = 50;
const END_SILENCE_MAX = 60;

const LABEL = 'expected a text of 1 to 128 characters, such as Confirm';
const label = lazily(() => z.string(LABEL).min(1, LABEL).max(128, LABEL));

const choice = lazily(() =>
  z
    .strictObject({
      label: label().describe('Names the choice in the event that tells of it.'),
      phrases: z
        .array(label(), 'expected a list of phrases, such as ["yes", "confirm"]')
        .max(PHRASES_MAX, `expected at most ${PHRASES_MAX} phrases`)
        .describe('What is said to choose it.'),
      tone: dtmfToneSchema().optional().describe('The key that chooses it, too.'),
    })
    .describe('Something to choose.'),
);

function seconds(most: number, example: number) {
  const expected = `expected a whole number of seconds from 1 to ${most}, such as ${example}`;
  return z.int(expected).min(1, expected).max(most, expected);
}

const INPUTS = ['tones', 'choices', 'speech', 'speechOrTones'] as const;

/** Asks somebody on the call for something, and listens: for keys, for one of several choices, for anything said. */
export const recognizeSchema = lazily(() =>
  z
    .strictObject({
      kind: z.literal('recognize').describe('Asks somebody for input, and listens.'),
      participant: identitySchema.describe('Who is listened to.'),
      input: z.enum(INPUTS, `expected one of ${INPUTS.join(', ')}`).describe('What is listened for.'),
      prompt: promptSchema().optional(),
      interruptPrompt: z
        .boolean('expected true or false')
        .default(true)
        .describe('Whether a key that is pressed stops the prompt.'),
      initialSilenceSeconds: seconds(SILENCE_MAX.tones, 5)
        .default(5)
        .describe('How long they may be silent at first: up to 300 s for tones, up to 20 s for all else.'),
      maxTones: z
        .int('expected a whole number, such as 4')
        .min(1, 'expected at least one tone')
        .max(TONES_MAX, `expected at most ${TONES_MAX} tones`)
        .optional()
        .describe('After so many keys it is over.'),
      interToneSeconds: seconds(INTER_TONE_MAX, 2).default(2).describe('How long it waits for the next key.'),
      stopTones: z
        .array(dtmfToneSchema())
        .max(16, 'expected each tone once')
        .optional()
        .describe('Keys that end it.'),
      choices: z
        .array(choice(), 'expected a list of choices, each {"label": …, "phrases": […]}')
        .min(1, 'expected at least one choice')
        .max(CHOICES_MAX, `expected at most ${CHOICES_MAX} choices`)
        .optional()
        .describe('What can be chosen.'),
      language: languageSchema().optional().describe('The language that is listened for.'),
      endSilenceSeconds: seconds(END_SILENCE_MAX, 2)
        .default(2)
        .describe('How much silence ends what is said.'),
    })
    .superRefine(({ input, maxTones, choices, initialSilenceSeconds }, context) => {
      const fault = (member: string, message: string) =>
        context.addIssue({ code: 'custom', path: [member], message });
      if (input === 'tones' && maxTones === undefined)
        fault('maxTones', 'expected how many tones are collected, such as 4');
      if (input === 'choices' && choices === undefined)
        fault('choices', 'expected what can be chosen, such as [{"label":"Yes","phrases":["yes"]}]');
      if (input !== 'tones' && initialSilenceSeconds > SILENCE_MAX.speech)
        fault('initialSilenceSeconds', `expected at most ${SILENCE_MAX.speech} s for anything but tones`);
    }),
);

import * as z from 'zod';
import { lazily } from '../../lazily.ts';

const URI_MAX = 2048;
const URI = 'expected the URL of a WAV file by https or http, such as https://media.example.com/reminder.wav';

/**
 * A prompt: ACS fetches a WAV file, mono, 16 bit, 16 kHz. What is behind the URL only ACS can tell. The API sets no
 * limit to its length; this one is ours. Made at once, unlike most: the inputs of flows are made of it.
 */
export const audioFileUriSchema = z
  .string(URI)
  .max(URI_MAX, `${URI}, of at most ${URI_MAX} characters`)
  .refine(isWebAddress, URI)
  .describe('The URL of a WAV file: mono, 16 bit, 16 kHz.')
  .meta({ examples: ['https://media.example.com/reminder.wav'], format: 'uri' });

const RESOURCE = 'expected an id of 1 to 256 visible characters, such as reminder-v1';

/** Under which ACS keeps the file for the rest of the call. The API sets no limit to its length; this one is ours. */
export const resourceIdSchema = lazily(() =>
  z
    .string(RESOURCE)
    .regex(/^[\x21-\x7e]{1,256}$/, RESOURCE)
    .describe('Names the file for the rest of the call, so that ACS fetches it once.')
    .meta({ examples: ['reminder-v1'] }),
);

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/i.test(text) && URL.canParse(text);
}

import * as z from 'zod';
import { toneNameSchema } from './tone-name-schema.ts';
import { optionalText } from './value-schemas.ts';

const confidence = z.number().nullable().describe('From 0 to 1; null where ACS gave none.');

/** What somebody pressed or said when asked for input. */
export const collectedInputSchema = z
  .union([
    z
      .strictObject({
        kind: z.literal('tones').describe('Keys were pressed.'),
        tones: z.array(toneNameSchema).describe('The keys, in order.'),
      })
      .describe('Keys that were pressed.'),
    z
      .strictObject({
        kind: z.literal('choice').describe('One of the given choices was made.'),
        label: z.string().describe('The label of the choice, as the request gave it.'),
        phrase: optionalText('What was said; null when a key was pressed.'),
        confidence,
      })
      .describe('The choice that was made.'),
    z
      .strictObject({
        kind: z.literal('speech').describe('Something was said.'),
        speech: z.string().describe('What was said, as text.'),
        confidence,
      })
      .describe('What was said.'),
  ])
  .describe('What somebody pressed or said when asked for input.');

import * as z from 'zod';
import { PARKED_REASONS } from '../../store/parked-store.ts';
import { optionalText, timeSchema } from './value-schemas.ts';

const id = z.string().describe('Names the parked thing in the other routes.');

/** Something that could not be processed. */
export const parkedSchema = z
  .strictObject({
    id,
    reason: z
      .string()
      .describe(
        'Why it is parked: no valid event of its wire format (`malformed`), of no known call (`noCallId`), too large ' +
          'for the queue (`tooLarge`), of another call than its callback URL (`foreignId`), a damaged queue message ' +
          '(`undecodable`), refused by storage (`refused`), given up after many tries (`gaveUp`), or of a call whose ' +
          'flow is not deployed in its version (`missingFlow`). Another, where a newer version parked it.',
      )
      .meta({ examples: [...PARKED_REASONS] }),
    detail: z.string().describe('What is wrong, in words.'),
    pointer: optionalText(
      "Where in the callback's body the fault lies, as a JSON Pointer; null out of a queue.",
    ),
    kind: z
      .enum(['element', 'message'])
      .describe('What `text` is: one element of a callback, or the text of a queue message.'),
    callKey: optionalText('The key in the callback URL, or in the message, where there was one.'),
    receivedAt: timeSchema.describe('When the callback was received, or the message was put.'),
    text: z
      .string()
      .describe(
        'What came. A queue message that is no UTF-8 text stands here as it lay in the queue, as base64.',
      ),
  })
  .describe('Something that could not be processed, kept until it is replayed or dropped.');

/** What a replay answers. */
export const replayedSchema = z
  .strictObject({ id, state: z.literal('replayed').describe('It is in the queue, and no longer parked.') })
  .describe('A parked thing that is on its way again.');

import * as z from 'zod';

/** What became of a callback. */
export const receivedSchema = z
  .strictObject({
    accepted: z.int().min(0).describe('How many events are in the queue, to be recorded.'),
    parked: z
      .array(
        z.strictObject({
          pointer: z.string().describe('Where in the body the fault lies, as a JSON Pointer.'),
          reason: z.string().describe('What is wrong there, in words.'),
        }),
      )
      .describe(
        'Elements that cannot be processed, kept for the operator; sending them again changes nothing.',
      ),
  })
  .describe('What became of a callback. Nothing of it has to be sent again.');

/** What Event Grid is answered. */
export const eventGridAnswerSchema = z
  .union([
    receivedSchema,
    z
      .strictObject({
        validationResponse: z.string().optional().describe('The code of the validation, given back.'),
      })
      .describe('The answer to what is about the subscription itself.'),
  ])
  .describe('What became of a delivery, or the answer to a validation.');

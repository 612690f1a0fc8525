import * as z from 'zod';
import { DIALECT_NAMES } from '../../domain/call-event.ts';

/** A moment: the text form of `EventTime`. */
export const timeSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{7}Z$/)
  .describe(
    'A moment in UTC with seven fraction digits (100 ns). All have one width, so they compare as text.',
  )
  .meta({ format: 'date-time', examples: ['2021-05-05T20:08:39.0157964Z'] });

/** A moment that may be unknown, or yet to come. */
export const optionalTime = (description: string) => timeSchema.nullable().describe(description);

/** A text that may be missing. */
export const optionalText = (description: string) => z.string().nullable().describe(description);

/** The code, subcode and message of ACS, each null where it gave none. */
export const resultMembers = {
  code: z.int().nullable().describe('HTTP-like code of ACS; null where it gave none.'),
  subcode: z
    .int()
    .nullable()
    .describe('Subcode of ACS, which tells more than the code; null where it gave none.'),
};

/** What the telephone network said, where the wire format tells it. */
export const networkMembers = {
  sipCode: z.int().optional().describe('The SIP status behind it, where ACS tells it.'),
  q850Code: z.int().optional().describe('The Q.850 cause behind it, where ACS tells it.'),
};

/** A result as ACS gave it. */
export const resultSchema = z
  .strictObject({
    ...resultMembers,
    ...networkMembers,
    message: optionalText('The message of ACS, as it came.'),
  })
  .nullable()
  .describe('How it went, in the codes of ACS; null where it did not say.');

/** The wire formats that events come in. */
export const dialectSchema = z
  .enum(DIALECT_NAMES)
  .describe(
    'The wire format of ACS that the events came in: `ga` is Call Automation; `event-grid` a call that nothing but ' +
      'Event Grid told of.',
  );

/** Who somebody is. */
export const rawIdSchema = z
  .string()
  .describe("ACS's spelling of an identity: `4:+14255550142` for a telephone, `8:acs:…` for a user.");

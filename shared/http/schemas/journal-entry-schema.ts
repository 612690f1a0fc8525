import * as z from 'zod';
import type { EventType } from '../../domain/call-event.ts';
import { PAYLOADS, payloadSchema } from './payload-schemas.ts';
import { dialectSchema, optionalText, timeSchema } from './value-schemas.ts';

const EVENT_TYPES = Object.keys(PAYLOADS) as EventType[];

/** An event in a call's journal. */
export const journalEntrySchema = z
  .strictObject({
    number: z.int().min(1).describe('Its place in the order in which events were applied.'),
    type: z.enum(EVENT_TYPES).describe('What happened, in words that are the same for every wire format.'),
    at: timeSchema.describe('When it happened, as the sender says.'),
    receivedAt: timeSchema.describe(
      'When the callback that brought it was received, or when Ringback added it by itself.',
    ),
    fingerprint: z.string().describe('Its identity: equal for two deliveries of one event.'),
    dialect: dialectSchema,
    callLegId: optionalText('The id of ACS that an event of the 2021-04 preview names.'),
    callConnectionId: optionalText('The id of ACS that an event of another dialect names.'),
    inferred: z
      .literal(true)
      .optional()
      .describe('ACS did not tell it: it was found when ACS was asked about the call.'),
    data: payloadSchema.describe('What the event says, by its type.'),
  })
  .describe('An event of a call. However often it was delivered, it stands here once.');

import * as z from 'zod';
import { OPERATION_KINDS } from '../../domain/operation-events.ts';
import { collectedInputSchema } from './collected-input-schema.ts';
import { networkMembers, optionalText, optionalTime, rawIdSchema, resultMembers } from './value-schemas.ts';

/** A code of ACS in plain words. */
export const reasonSchema = z
  .strictObject({
    text: z.string().describe('In one sentence, for people.'),
    class: z
      .enum([
        'ok',
        'dropped',
        'cancelled',
        'no-answer',
        'busy',
        'declined',
        'unreachable',
        'bad-number',
        'blocked',
        'config',
        'network',
        'auth',
        'service',
        'throttled',
        'stale-action',
        'conflict',
        'bug',
        'no-input',
        'bad-input',
        'media',
        'unknown',
      ])
      .describe('What kind of reason it is, to count and to decide by.'),
    retry: z
      .enum(['none', 'soon', 'later', 'once', 'back-off', 'fix', 're-ask', 'never'])
      .describe(
        'Whether trying the same again can help: in minutes (`soon`), in hours (`later`), after mending (`fix`)…',
      ),
  })
  .describe('A code and subcode of ACS in plain words, with what to do about it.');

const progressMembers = {
  status: z
    .enum(['running', 'completed', 'failed', 'canceled'])
    .describe('How far it is, or how it ended. The first end that ACS tells of counts.'),
  startedAt: optionalTime('When ACS told that it runs; null where it did not.'),
  endedAt: optionalTime('When it ended; null while it runs.'),
  ...resultMembers,
  ...networkMembers,
  message: optionalText('The message of ACS, as it came.'),
  input: collectedInputSchema.optional().describe('What a recognition heard, once it did.'),
  reason: reasonSchema
    .nullable()
    .describe('The code in plain words; null while it runs, and without a code.'),
};

/** A follow-up request as its events tell it. */
export const operationSchema = z
  .strictObject({
    kind: z.enum(OPERATION_KINDS).describe('What was asked of ACS.'),
    operationContext: optionalText(
      'Given by whoever asked for the operation; tells it from others of its kind.',
    ),
    ...progressMembers,
    participants: z
      .array(
        z
          .strictObject({ rawId: rawIdSchema, ...progressMembers })
          .describe('How it went for one participant.'),
      )
      .describe('How it went for each participant that its events name, ordered by rawId.'),
  })
  .describe('A follow-up request that ACS carried out for the call: one per kind and operationContext.');

import * as z from 'zod';

/** What ACS calls what it began with an action. */
export const actionIdsSchema = z
  .strictObject({
    recordingId: z.string().optional().describe('The recording, for pausing or stopping it.'),
    source: z.string().optional().describe('Who we are on the call that it brought about: a rawId.'),
    invitations: z
      .record(z.string(), z.string())
      .optional()
      .describe('The invitation of each participant by rawId, for calling it off.'),
  })
  .describe('What ACS calls what it began with it; only of what it began.');

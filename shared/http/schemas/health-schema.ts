import * as z from 'zod';

/** Whether the app can do its work. */
export const healthSchema = z
  .strictObject({
    status: z
      .enum(['ok', 'degraded', 'unavailable'])
      .describe('`degraded`: it works, and something needs an operator. `unavailable`: it cannot work.'),
    storage: z
      .strictObject({
        tables: z.boolean().describe('Whether the table of calls answers.'),
        queues: z.boolean().describe('Whether the queue of events answers.'),
      })
      .describe('What can be reached of storage.'),
    queue: z
      .strictObject({
        oldestAgeSeconds: z
          .int()
          .min(0)
          .nullable()
          .describe('How long the first waiting message has waited; null when none waits.'),
      })
      .describe('What waits to be processed.'),
    callbackSecret: z
      .enum(['set', 'missing'])
      .describe('Whether CALLBACK_SECRET is set: without it no callback is authentic.'),
  })
  .describe('Whether the app can do its work.');

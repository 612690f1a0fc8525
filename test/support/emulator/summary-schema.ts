import * as z from 'zod';

/** What the emulator counts, as far as tests look at it. */
export const summarySchema = z.object({
  happened: z.record(z.string(), z.number()),
  ringsByNumber: z.record(z.string(), z.number()),
  executed: z.record(z.string(), z.number()),
  requests: z.record(z.string(), z.number()),
  faults: z.record(z.string(), z.number()),
  callbacks: z.record(z.string(), z.number()),
  mostCallsAtOnce: z.record(z.string(), z.number()),
});

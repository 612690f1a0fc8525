import * as z from 'zod';
import { DECIDERS } from './deciders/deciders.ts';
import { FAULT_NAMES } from './faults.ts';
import type { ProviderProfile } from './scenario.ts';

const PROVIDERS = ['preview', 'repeatable', 'ga'] as const satisfies readonly ProviderProfile[];

const delivery = z.looseObject({
  atMs: z.number(),
  callKey: z.string().nullable(),
  elements: z.array(z.looseObject({})),
});

const placed = z.looseObject({
  askedAtMs: z.number(),
  told: z.array(delivery),
  toldAgain: z.array(delivery).optional(),
});

/** A scenario as it was written: one that lacks a part would run, and show nothing of what it once broke. */
export const scenarioSchema = z.looseObject({
  seed: z.int().min(0),
  clockSkewsMs: z.array(z.number()).min(1),
  provider: z.enum(PROVIDERS),
  decider: z.enum(Object.keys(DECIDERS)),
  deliveries: z.array(delivery),
  placed: z.array(placed).nullish(),
  faults: z.union([
    z.strictObject({ exactly: z.record(z.string(), z.enum(FAULT_NAMES)) }),
    z.strictObject({ perStep: z.number(), withCrashes: z.boolean() }),
  ]),
  sweepEverySeconds: z.number().positive().nullable(),
  hiddenSeconds: z.number().positive(),
  maxDequeueCount: z.int().min(1),
  keptSeconds: z.number().positive().nullish(),
  isBrief: z.boolean().optional(),
  eventQueues: z.array(z.object({ atMs: z.number(), spread: z.int().min(1) })).optional(),
});

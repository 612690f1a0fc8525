import * as z from 'zod';

const probability = z.number().min(0).max(1).default(0);
const milliseconds = z.number().min(0).max(600_000);
const range = z.union([milliseconds, z.tuple([milliseconds, milliseconds])], 'expected ms, or [least, most]');

const requests = z
  .strictObject({
    /** 429 with Retry-After; nothing is carried out. */
    throttle: probability,
    retryAfterSeconds: z.int().min(0).max(3600).default(1),
    /** 503; nothing is carried out. */
    failBefore: probability,
    /** 500, but the request was carried out. */
    failAfter: probability,
    /** The connection breaks; nothing is carried out. */
    dropBefore: probability,
    /** The connection breaks, but the request was carried out. */
    dropAfter: probability,
    /** The answer is late, by real time, whatever the speed. */
    slow: probability,
    slowMs: range.default(2000),
  })
  .refine(
    ({ throttle, failBefore, failAfter, dropBefore, dropAfter }) =>
      throttle + failBefore + failAfter + dropBefore + dropAfter <= 1,
    'throttle, failBefore, failAfter, dropBefore and dropAfter exclude each other: their sum is at most 1',
  );

const callbacks = z.strictObject({
  /** Sent twice. */
  duplicate: probability,
  /** Sent again with another eventTime, less than a millisecond later. */
  restamp: probability,
  /** Sent after the event that follows it. */
  reorder: probability,
  /** Sent late, while others overtake it. */
  delay: probability,
  delayMs: range.default([100, 3000]),
  /** Never sent. */
  drop: probability,
  /** Waits for the next event, to share its POST. */
  batch: probability,
  /** What shared a POST is sent again, each in one of its own. */
  split: probability,
  /** How long a reordered or batched event waits for another. */
  holdMs: milliseconds.default(1000),
});

/** The fault dial: probabilities of what goes wrong. What is not named does not happen. */
export const faultSettingsSchema = z.strictObject({
  requests: requests.prefault({}),
  callbacks: callbacks.prefault({}),
});

/** As it is written in a file or a request. */
export type FaultSettingsInput = z.input<typeof faultSettingsSchema>;

/** What goes wrong how often. */
export type FaultSettings = z.output<typeof faultSettingsSchema>;

import * as z from 'zod';
import type { ResultInfo } from '../domain/call-event.ts';
import { lazily } from '../lazily.ts';
import { parseEventTime } from './parse-event-time.ts';

/** Only keeps nonsense out of keys and rows. */
export const TEXT_CHARACTERS = 1024;

/** Ids and names that ACS makes. */
export const text = lazily(() => z.string().min(1).max(TEXT_CHARACTERS));

/** A number, which some serialisers of the previews wrote as text. */
export const integer = lazily(() =>
  z.union(
    [
      z.int(),
      z
        .string()
        .regex(/^-?\d{1,15}$/)
        .transform(Number),
    ],
    'expected a whole number',
  ),
);

/** A whole number that may be missing. */
export const optionalInteger = lazily(() =>
  integer()
    .nullish()
    .transform(value => value ?? null),
);

/** A number, which may be written as text, or none. */
export const optionalNumber = lazily(() =>
  z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^-?\d{1,300}(?:\.\d{1,300})?$/)
          .transform(Number),
      ],
      'expected a number',
    )
    .nullish()
    .transform(value => value ?? null),
);

/** When something happened. */
export const time = lazily(() =>
  z.string().transform((value, context) => {
    const at = parseEventTime(value);
    if (at === undefined) {
      context.addIssue({
        code: 'custom',
        message: 'expected an ISO 8601 date-time, such as 2021-05-05T20:08:39.0157964Z',
      });
      return z.NEVER;
    }
    return at;
  }),
);

/** A time that may be missing, null or empty. */
export const optionalTime = lazily(() =>
  z
    .union([z.literal('').transform(() => null), time()])
    .nullish()
    .transform(value => value ?? null),
);

/** Text that may be missing, null or empty, which are one: an application without an operationContext sends any of them. */
export const optionalText = lazily(() =>
  z
    .string()
    .max(TEXT_CHARACTERS)
    .nullish()
    .transform(value => (value ? value : null)),
);

/** A yes or no that may be missing, and that may be written as text. */
export const optionalFlag = lazily(() =>
  z
    .union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })], 'expected true or false')
    .nullish()
    .transform(value => value ?? null),
);

/** A yes or no that may be missing: no. */
export const flag = lazily(() => optionalFlag().transform(value => value ?? false));

/** Whether a recording runs; null for a state that is new. */
export const recordingState = lazily(() =>
  z.string().transform(value => RECORDING_STATES.find(state => state === value.toLowerCase()) ?? null),
);

/** A subject or source: what it is about, as a path. */
export const path = lazily(() =>
  z
    .string()
    .max(4096)
    .nullish()
    .transform(value => value ?? null),
);

const RECORDING_STATES = ['active', 'inactive'] as const;

/** A message is for people, and is kept in the call's state: what is longer is cut. */
const MESSAGE_CHARACTERS = 1024;

/** What ACS says in words. */
export const message = lazily(() =>
  z
    .string()
    .nullish()
    .transform(value => value?.slice(0, MESSAGE_CHARACTERS) ?? null),
);

/** A name or a description, cut where it is too long; null where it is missing or empty. */
export const cutText = lazily(() => message().transform(value => (value ? value : null)));

/** A result of the previews. */
export const resultInfo = lazily(() =>
  z
    .object({
      code: optionalInteger(),
      subcode: optionalInteger(),
      subCode: optionalInteger(),
      message: message(),
    })
    .nullish()
    .transform((value): ResultInfo | null => {
      if (value == null) return null;
      const { code, subcode, subCode, message } = value;
      return { code, subcode: subcode ?? subCode, message };
    }),
);

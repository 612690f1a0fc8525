import * as z from 'zod';
import { lazily } from '../../lazily.ts';

/** E.164 (ITU-T): a plus, and at most 15 digits of which the first is no zero; the shortest in use have seven. */
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * The raw ids of those who can be called: telephones, users of ACS in each cloud, Skype users, Teams users and visitors.
 * The SDKs of ACS make them of these prefixes.
 */
const RAW_ID =
  /^(?:4:\+[1-9]\d{6,14}|8:(?:acs|gcch-acs|dod-acs|spool|orgid|gcch|dod|teamsvisitor):[A-Za-z0-9._-]{1,200})$/;

/** A user of ACS: what a call is placed by. */
const ACS_USER = /^8:(?:acs|gcch-acs|dod-acs|spool):[A-Za-z0-9._-]{1,200}$/;

const NUMBER = 'an E.164 number, such as +14255550142';
const USER = 'a user of ACS, such as 8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c';
const ANYONE = `${NUMBER}, or a raw id, such as 8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c`;

/**
 * Somebody who can be called, given as a number or a raw id; read as the raw id. Made at once, unlike the others: the
 * inputs of flows are made of it.
 */
export const identitySchema = identityOf(ANYONE, text => RAW_ID.test(text))
  .describe('Somebody: an E.164 number, or the raw id of ACS (`4:+…`, `8:acs:…`, `8:orgid:…`).')
  .meta({ examples: ['+14255550142', '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c'] });

/** A user of ACS, read as the raw id. */
export const acsUserSchema = lazily(() =>
  identityOf(USER, text => ACS_USER.test(text))
    .describe('A user of ACS by its raw id.')
    .meta({ examples: ['8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c'] }),
);

/** A telephone number, given as E.164 or as `4:+…`; read as the raw id. */
export const numberSchema = lazily(() =>
  identityOf(NUMBER, text => RAW_ID.test(text) && text.startsWith('4:'))
    .describe('A telephone number as E.164.')
    .meta({ examples: ['+18335550100'] }),
);

/** The telephone number of a raw id as E.164; undefined for anybody who is no telephone. */
export function numberOf(rawId: string): string | undefined {
  return rawId.startsWith('4:+') ? rawId.slice(2) : undefined;
}

/**
 * The raw id without what ACS appends to a number that the network vouches for, or that is on a call twice
 * (`4:+14255550142_assertedId`): requests and routes name the number.
 */
export function withoutAssertion(rawId: string): string {
  return rawId.replace(/^(4:\+\d+)_.*$/s, '$1');
}

/** Whether a request can name somebody by that text. */
export function isIdentity(text: string): boolean {
  return identitySchema.safeParse(text).success;
}

function identityOf(expected: string, isRight: (rawId: string) => boolean) {
  const error = `expected ${expected}`;
  return z
    .string(error)
    .transform(text => (E164.test(text) ? `4:${text}` : text))
    .refine(isRight, error);
}

/** ACS holds at most 350 participants in a group call. */
const IDENTITIES_MAX = 350;

/** Whom a request names: one or more, nobody twice, since whoever is named twice would be rung twice. */
export const identitiesSchema = lazily(() =>
  z
    .array(identitySchema, `expected a list of identities, each ${ANYONE}`)
    .min(1, `expected at least one identity: ${ANYONE}`)
    .max(IDENTITIES_MAX, `expected at most ${IDENTITIES_MAX} identities, which is what a call of ACS holds`)
    .superRefine((identities, context) => {
      for (const [index, identity] of identities.entries()) {
        if (identities.indexOf(identity) === index) continue;
        context.addIssue({ code: 'custom', path: [index], message: 'expected everybody once' });
      }
    })
    .describe('Who is called: each an E.164 number, or a raw id.'),
);

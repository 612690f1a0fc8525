import * as z from 'zod';
import { type Identity, identityOf, numberOrRawId } from '../../core/identity.ts';

const phoneNumber = z.object({
  value: z.string().regex(/^\+[1-9]\d{4,14}$/, 'expected a telephone number such as +14255550142'),
});

const communicationUser = z.object({
  id: z.string().startsWith('8:', 'expected a user id such as 8:acs:…').max(256),
});

const microsoftTeamsUser = z.object({
  userId: z.string().min(1).max(128),
  isAnonymous: z.boolean().nullish(),
  cloud: z.enum(['public', 'dod', 'gcch']).nullish(),
});

/** Somebody, in a request: one of the members. */
export const identifierSchema = z
  .object({
    rawId: z.string().max(256).nullish(),
    communicationUser: communicationUser.nullish(),
    phoneNumber: phoneNumber.nullish(),
    microsoftTeamsUser: microsoftTeamsUser.nullish(),
  })
  .refine(
    value =>
      [value.communicationUser, value.phoneNumber, value.microsoftTeamsUser].filter(Boolean).length === 1,
    'expected exactly one of communicationUser, phoneNumber, microsoftTeamsUser',
  )
  .transform((value): Identity => {
    if (value.phoneNumber) return identityOf(value.phoneNumber.value);
    if (value.communicationUser) return identityOf(value.communicationUser.id);
    const { userId = '', isAnonymous, cloud } = value.microsoftTeamsUser ?? {};
    if (isAnonymous) return identityOf(`8:teamsvisitor:${userId}`);
    return identityOf(`8:${cloud === 'dod' || cloud === 'gcch' ? cloud : 'orgid'}:${userId}`);
  });

/** The number that a request calls from. */
export const alternateIdentitySchema = phoneNumber;

/** Somebody, in an event: every member is there, and one is not null. */
export function renderIdentifier(identity: Identity) {
  const { kind, rawId } = identity;
  return {
    RawId: rawId,
    CommunicationUser: kind === 'user' ? { Id: rawId } : null,
    PhoneNumber: kind === 'phone' ? { Value: numberOrRawId(identity) } : null,
    MicrosoftTeamsUser: kind === 'teams' ? teamsUser(rawId) : null,
  };
}

function teamsUser(rawId: string) {
  const [, prefix = '', userId = ''] = rawId.split(':', 3);
  const cloud = prefix === 'dod' || prefix === 'gcch' ? prefix : 'public';
  return { UserId: userId, IsAnonymous: prefix === 'teamsvisitor', Cloud: cloud };
}

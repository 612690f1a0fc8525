import * as z from 'zod';
import { type Identity, identityOf, numberOrRawId } from '../../core/identity.ts';

/** A telephone number, as a member of a request. */
export const phoneNumberSchema = z.object({
  value: z.string().regex(/^\+[1-9]\d{4,14}$/, 'expected a telephone number such as +14255550142'),
});

const id = z.string().min(1).max(256);
const cloud = z.enum(['public', 'dod', 'gcch']).nullish();

/**
 * Somebody, in a request. The SDK gives the kind on some requests and leaves it out on others, so that whoever it is
 * follows from the member that is there.
 */
export const identifierSchema = z
  .object({
    rawId: id.nullish(),
    communicationUser: z.object({ id: id.startsWith('8:', 'expected a user id such as 8:acs:…') }).nullish(),
    phoneNumber: phoneNumberSchema.nullish(),
    microsoftTeamsUser: z.object({ userId: id, isAnonymous: z.boolean().nullish(), cloud }).nullish(),
    microsoftTeamsApp: z.object({ appId: id, cloud }).nullish(),
  })
  .transform((value, context): Identity => {
    const rawId = rawIdOf(value);
    if (rawId !== undefined) return identityOf(rawId);
    const message =
      'expected one of communicationUser, phoneNumber, microsoftTeamsUser, microsoftTeamsApp, rawId';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** Somebody, in an answer or an event. */
export function renderIdentifier(identity: Identity) {
  const { kind, rawId } = identity;
  if (kind === 'phone')
    return { kind: 'phoneNumber', rawId, phoneNumber: { value: numberOrRawId(identity) } };
  if (kind === 'user') return { kind: 'communicationUser', rawId, communicationUser: { id: rawId } };
  const [type, prefix = '', userId = ''] = rawId.split(':', 3);
  const cloud = prefix === 'dod' || prefix === 'gcch' ? prefix : 'public';
  if (type === '28') return { kind: 'microsoftTeamsApp', rawId, microsoftTeamsApp: { appId: userId, cloud } };
  const isAnonymous = prefix === 'teamsvisitor';
  return { kind: 'microsoftTeamsUser', rawId, microsoftTeamsUser: { userId, isAnonymous, cloud } };
}

interface Members {
  readonly rawId?: string | null | undefined;
  readonly communicationUser?: { readonly id: string } | null | undefined;
  readonly phoneNumber?: { readonly value: string } | null | undefined;
  readonly microsoftTeamsUser?: CloudUser | null | undefined;
  readonly microsoftTeamsApp?: { readonly appId: string; readonly cloud?: Cloud } | null | undefined;
}

type Cloud = 'public' | 'dod' | 'gcch' | null | undefined;

interface CloudUser {
  readonly userId: string;
  readonly isAnonymous?: boolean | null | undefined;
  readonly cloud?: Cloud;
}

function rawIdOf({ rawId, communicationUser, phoneNumber, ...teams }: Members): string | undefined {
  if (phoneNumber) return phoneNumber.value;
  if (communicationUser) return communicationUser.id;
  const { microsoftTeamsUser: user, microsoftTeamsApp: app } = teams;
  if (user)
    return user.isAnonymous ? `8:teamsvisitor:${user.userId}` : `8:${cloudOf(user.cloud)}:${user.userId}`;
  if (app) return `28:${cloudOf(app.cloud)}:${app.appId}`;
  return rawId ?? undefined;
}

function cloudOf(cloud: Cloud): string {
  return cloud === 'dod' || cloud === 'gcch' ? cloud : 'orgid';
}

import * as z from 'zod';
import { lowerFirstKeys } from './lower-first-keys.ts';
import { optionalText, text } from './wire-values.ts';

/**
 * Who somebody is, read to ACS's spelling of it as one text. One of the members is set and says what they are, so that
 * `kind`, which came in with GA and comes in several spellings, is not needed. Every sample has a rawId, and the
 * specifications call it optional.
 */
export const identifier = z
  .preprocess(
    lowerFirstKeys,
    z.object({
      rawId: optionalText,
      communicationUser: z.object({ id: text }).nullish(),
      phoneNumber: z.object({ value: text }).nullish(),
      microsoftTeamsUser: z
        .object({ userId: text, isAnonymous: z.boolean().nullish(), cloud: z.string().nullish() })
        .nullish(),
      microsoftTeamsApp: z.object({ appId: text, cloud: z.string().nullish() }).nullish(),
      teamsExtensionUser: z
        .object({ resourceId: text, tenantId: text, userId: text, cloud: z.string().nullish() })
        .nullish(),
    }),
  )
  .transform((value, context) => {
    const rawId = rawIdOf(value);
    if (rawId !== undefined) return rawId;
    context.addIssue({
      code: 'custom',
      message: 'expected a rawId, or one of communicationUser, phoneNumber, microsoftTeamsUser',
    });
    return z.NEVER;
  });

/** Somebody who may not be named. */
export const optionalIdentifier = identifier.nullish().transform(value => value ?? null);

interface TeamsUser {
  readonly userId: string;
  readonly isAnonymous?: boolean | null | undefined;
  readonly cloud?: string | null | undefined;
}

interface TeamsExtensionUser extends Omit<TeamsUser, 'isAnonymous'> {
  readonly resourceId: string;
  readonly tenantId: string;
}

interface Identifier {
  readonly rawId: string | null;
  readonly communicationUser?: { readonly id: string } | null | undefined;
  readonly phoneNumber?: { readonly value: string } | null | undefined;
  readonly microsoftTeamsUser?: TeamsUser | null | undefined;
  readonly microsoftTeamsApp?:
    | { readonly appId: string; readonly cloud?: string | null | undefined }
    | null
    | undefined;
  readonly teamsExtensionUser?: TeamsExtensionUser | null | undefined;
}

/** Without a rawId, the one that the SDKs of ACS make from the other members. */
function rawIdOf(identifier: Identifier): string | undefined {
  const { rawId, communicationUser, phoneNumber, microsoftTeamsApp, teamsExtensionUser } = identifier;
  if (rawId !== null) return rawId;
  if (communicationUser) return communicationUser.id;
  if (phoneNumber) return `4:${phoneNumber.value}`;
  if (microsoftTeamsApp) return `28:${teamsCloud(microsoftTeamsApp.cloud)}:${microsoftTeamsApp.appId}`;
  if (teamsExtensionUser) return extensionRawId(teamsExtensionUser);
  return identifier.microsoftTeamsUser ? teamsRawId(identifier.microsoftTeamsUser) : undefined;
}

function teamsRawId({ userId, isAnonymous, cloud }: TeamsUser): string {
  return isAnonymous ? `8:teamsvisitor:${userId}` : `8:${teamsCloud(cloud)}:${userId}`;
}

function extensionRawId({ resourceId, tenantId, userId, cloud }: TeamsExtensionUser): string {
  const name = teamsCloud(cloud);
  return `8:${name === 'orgid' ? 'acs' : `${name}-acs`}:${resourceId}_${tenantId}_${userId}`;
}

function teamsCloud(cloud: string | null | undefined): string {
  const name = cloud?.toLowerCase();
  return name === 'dod' || name === 'gcch' ? name : 'orgid';
}

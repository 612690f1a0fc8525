import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { lowerFirstKeys, memberOf } from './lower-first-keys.ts';
import { isObject } from './read-event.ts';
import { optionalFlag, optionalText, TEXT_CHARACTERS, text } from './wire-values.ts';

/** A number stands in a member of its own, or alone, as the SDKs for JavaScript have it. */
const phoneNumber = lazily(() =>
  z.preprocess(value => {
    if (value === '') return null;
    return text().safeParse(value).success ? { value } : value;
  }, z.object({ value: text() }).nullish()),
);

/** The members of an identifier, one of which is set and says what they are. */
const members = lazily(() =>
  z
    .preprocess(
      value => lowerFirstKeys(value),
      z.object({
        rawId: optionalText(),
        communicationUser: z.object({ id: text() }).nullish(),
        phoneNumber: phoneNumber(),
        microsoftTeamsUser: z
          .object({ userId: text(), isAnonymous: optionalFlag(), cloud: z.string().nullish() })
          .nullish(),
        microsoftTeamsApp: z.object({ appId: text(), cloud: z.string().nullish() }).nullish(),
        teamsExtensionUser: z
          .object({ resourceId: text(), tenantId: text(), userId: text(), cloud: z.string().nullish() })
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
    }),
);

/**
 * Who somebody is, read to ACS's spelling of it as one text. Every sample has a rawId, which says it all, whatever stands
 * beside it; the specifications call it optional. `kind`, which came in with GA and comes in several spellings, is not
 * needed.
 */
export const identifier = lazily(
  (): z.ZodType<string> =>
    z.unknown().transform((value, context) => {
      const told = toldRawId(value);
      if (told !== undefined) return told;
      const read = members().safeParse(value);
      if (read.success) return read.data;
      for (const issue of read.error.issues) context.addIssue({ ...issue, code: 'custom' });
      return z.NEVER;
    }),
);

/** The rawId that an identifier has by that name; undefined where it has none, or none that can be kept. */
export function toldRawId(value: unknown): string | undefined {
  const rawId = isObject(value) ? memberOf(value, 'rawId') : undefined;
  return typeof rawId === 'string' && rawId !== '' && rawId.length <= TEXT_CHARACTERS ? rawId : undefined;
}

/** Somebody who may not be named. */
export const optionalIdentifier = lazily(() =>
  identifier()
    .nullish()
    .transform(value => value ?? null),
);

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

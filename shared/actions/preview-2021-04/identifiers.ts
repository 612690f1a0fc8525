import { numberOf } from '../vocabulary/identity.ts';

/** Somebody as the request bodies of this preview name them: one member, in camelCase, and no `kind`. */
export type WireIdentifier =
  | { readonly communicationUser: { readonly id: string } }
  | { readonly phoneNumber: WireNumber }
  | {
      readonly microsoftTeamsUser: {
        readonly userId: string;
        readonly isAnonymous: boolean;
        readonly cloud: string;
      };
    };

/** A telephone as the members for caller ids have it. */
export interface WireNumber {
  readonly value: string;
}

const CLOUDS: Readonly<Record<string, string>> = { orgid: 'public', gcch: 'gcch', dod: 'dod' };

/** The identifier of a raw id. */
export function toIdentifier(rawId: string): WireIdentifier {
  const number = numberOf(rawId);
  if (number !== undefined) return { phoneNumber: { value: number } };
  const [, prefix = '', userId = ''] = /^8:(orgid|gcch|dod|teamsvisitor):(.*)$/.exec(rawId) ?? [];
  const isAnonymous = prefix === 'teamsvisitor';
  if (userId === '') return { communicationUser: { id: rawId } };
  return { microsoftTeamsUser: { userId, isAnonymous, cloud: CLOUDS[prefix] ?? 'public' } };
}

/** A telephone number as a caller id; undefined where there is none. */
export function toNumber(rawId: string | undefined): WireNumber | undefined {
  const value = rawId === undefined ? undefined : numberOf(rawId);
  return value === undefined ? undefined : { value };
}

/** Whom a participant is: a telephone number, a user of the resource, or a Teams user, told by the raw id. */
export interface Identity {
  readonly kind: 'phone' | 'user' | 'teams';
  /** `4:+14255550142`, `8:acs:{resource}_{user}`, `8:orgid:{user}`. */
  readonly rawId: string;
}

const PHONE_PREFIX = '4:';
const TEAMS_PREFIX = /^(?:8|28):(?:orgid|gcch|dod|teamsvisitor):/;

/** Reads a raw id, or a bare telephone number. */
export function identityOf(text: string): Identity {
  if (text.startsWith('+')) return { kind: 'phone', rawId: `${PHONE_PREFIX}${text}` };
  if (text.startsWith(PHONE_PREFIX)) return { kind: 'phone', rawId: text };
  return { kind: TEAMS_PREFIX.test(text) ? 'teams' : 'user', rawId: text };
}

/** The telephone number, or the raw id where there is none: how people name whom they call. */
export function numberOrRawId({ kind, rawId }: Identity): string {
  return kind === 'phone' ? rawId.slice(PHONE_PREFIX.length) : rawId;
}

import { hash22 } from './hash22.ts';

/** 1 to 64 letters, digits, `-` and `_`, the first a letter or a digit. */
export const CALL_KEY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Stands for the key in the signature of a callback URL that names no call, and so can be the key of none. */
export const NO_CALL_KEY = 'callbacks';

/** Stands for the key in the signature of the URL that Event Grid delivers to, and so can be the key of no call. */
export const EVENT_GRID_WORD = 'event-grid';

/** Whether the text can be a call's key: 1 to 64 letters, digits, `-` and `_`, all safe in a table's key and a URL. */
export function isCallKey(text: string): boolean {
  return CALL_KEY.test(text) && text !== NO_CALL_KEY && text !== EVENT_GRID_WORD;
}

/** Crockford's base32: no letter that can be taken for a digit. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** Milliseconds until the year 10889 fit ten digits. */
const TIME_DIGITS = 10;
const RANDOM_DIGITS = 16;

/**
 * A new key for a call of ours: `c` and 26 digits, the time first, so that keys sort by it.
 *
 * @param random at least 16 random bytes: each gives five bits of one digit.
 */
export function newCallKey(epochMs: number, random: Uint8Array): string {
  let time = '';
  for (let rest = epochMs; time.length < TIME_DIGITS; rest = Math.floor(rest / 32)) {
    time = `${DIGITS[rest % 32]}${time}`;
  }
  const digits = [...random.subarray(0, RANDOM_DIGITS)].map(byte => DIGITS[byte % 32]);
  return `c${time}${digits.join('')}`;
}

/**
 * The key of a call that somebody else placed: made from its wire id, so that racing first events agree on it.
 * Keys of our own calls begin with `c` instead.
 */
export function callKeyOf(wireId: string): string {
  return `x${hash22(wireId)}`;
}

/** The key of a call of ours that something else leads to: the same whenever it is made. */
export function derivedCallKey(source: string, epochMs: number): string {
  return newCallKey(epochMs, Buffer.from(hash22(source), 'base64url'));
}

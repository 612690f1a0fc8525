import { hash22 } from './hash22.ts';

/** Crockford's base32: no letter that can be taken for a digit. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_DIGITS = 10;
const HASH_DIGITS = 16;

/**
 * The key of a call of ours that something else leads to, the same whenever it is made: `c`, ten digits of the time, and
 * sixteen of a hash, all of Crockford's base32, so that keys sort by time.
 */
export function derivedCallKey(source: string, at: string): string {
  return `c${digits(BigInt(Date.parse(at)), TIME_DIGITS)}${digits(hashBits(source), HASH_DIGITS)}`;
}

function hashBits(source: string): bigint {
  return BigInt(`0x${Buffer.from(hash22(source), 'base64url').toString('hex')}`);
}

/** The last so many digits of a number. */
function digits(value: bigint, count: number): string {
  let text = '';
  for (let rest = value; text.length < count; rest /= 32n) text = `${DIGITS[Number(rest % 32n)]}${text}`;
  return text;
}

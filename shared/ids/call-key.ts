import { hash22 } from './hash22.ts';

/** 1 to 64 letters, digits, `-` and `_`, the first a letter or a digit. */
export const CALL_KEY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Whether the text can be a call's key: 1 to 64 letters, digits, `-` and `_`, all safe in a table's key and a URL. */
export function isCallKey(text: string): boolean {
  return CALL_KEY.test(text);
}

/**
 * The key of a call that somebody else placed: made from its wire id, so that racing first events agree on it.
 * Keys of our own calls begin with `c` instead.
 */
export function callKeyOf(wireId: string): string {
  return `x${hash22(wireId)}`;
}

import { signCallback } from './callback-signature.ts';

/** Where ACS finds the app, and what proves that a callback is from there. */
export interface CallbackAddress {
  /** Of the app, without a path behind it: `https://app.example.com`. */
  readonly baseUrl: string;
  readonly secret: string;
}

/** The URL that ACS sends a call's events to. Its signature opens this call and no other; it must not be logged. */
export function callbackUri({ baseUrl, secret }: CallbackAddress, callKey: string): string {
  return `${baseUrl}/api/callbacks/${callKey}?sig=${signCallback(secret, callKey)}`;
}

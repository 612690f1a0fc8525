import * as z from 'zod';

/** A URL that callbacks can be posted to. Of this machine, plain HTTP is taken as well. */
export const callbackUri = z.url({ protocol: /^https?$/, error: 'expected an http(s) URL' }).max(2048);

/** What comes back with the events of an operation. */
export const operationContext = z
  .string()
  .max(5_000)
  .nullish()
  .transform(value => value ?? null);

/** What most operations take: their own words, and where they want to hear. */
export const operationMembers = {
  operationContext,
  operationCallbackUri: callbackUri.nullish(),
};

/** The same in the words of the calls. */
export function operationOf(body: {
  readonly operationContext: string | null;
  readonly operationCallbackUri?: string | null | undefined;
}) {
  return {
    operationContext: body.operationContext,
    callbackUri: body.operationCallbackUri ?? undefined,
  };
}

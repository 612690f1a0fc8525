/** Why the emulated ACS does not carry a command out. */
export type Refusal = 'notFound' | 'notConnected' | 'noParticipant';

/** What came of a command: its value, or why it was refused. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/** Carried out. */
export function done<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** Refused. */
export function refused(refusal: Refusal): Result<never> {
  return { ok: false, refusal };
}

/** Why the emulated ACS does not carry a command out. */
export type Refusal = 'notFound' | 'notConnected' | 'noParticipant';

/** What came of a command: its value, or why it was refused. */
export type Result<Value, Reason extends string = Refusal> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Reason };

/** Carried out. */
export function done<Value>(value: Value): Result<Value, never> {
  return { ok: true, value };
}

/** Refused. */
export function refused<Reason extends string>(refusal: Reason): Result<never, Reason> {
  return { ok: false, refusal };
}

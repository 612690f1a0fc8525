import type { ActionKind } from '../domain/action.ts';
import type { DialectName } from '../domain/call-event.ts';

/** What each dialect cannot do, with the reason in plain words. */
const CANNOT: Readonly<Record<DialectName, Partial<Readonly<Record<ActionKind, string>>>>> = {
  'preview-2021-04': {},
};

/** Whether a dialect can do an action. */
export type Support = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Tells before anything is sent whether a dialect can do what a kind of action asks for, and if not, why. Pure. */
export function supportOf(dialect: DialectName, kind: ActionKind): Support {
  const reason = CANNOT[dialect][kind];
  return reason === undefined ? { ok: true } : { ok: false, reason };
}

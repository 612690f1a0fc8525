import type { ActionKind } from '../domain/action.ts';
import type { DialectName } from '../domain/call-event.ts';

/** Whether a dialect can do an action. */
export type Support = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Tells before anything is sent whether a dialect can do what a kind of action asks for, and if not, why. Pure. */
export function supportOf(dialect: DialectName, _kind: ActionKind): Support {
  return dialect === 'preview-2021-04'
    ? { ok: true }
    : { ok: false, reason: 'Ringback takes the events of this dialect in, and sends no requests in it' };
}

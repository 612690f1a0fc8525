import type { ActionKind } from '../domain/action.ts';
import type { DialectName } from '../domain/call-event.ts';

const NOT_SENT = 'Ringback sends no requests in this dialect';

/** What each dialect cannot do, with the reason in plain words; a text where that is everything. */
const CANNOT: Readonly<Record<DialectName, string | Partial<Readonly<Record<ActionKind, string>>>>> = {
  'event-grid': NOT_SENT,
  ga: NOT_SENT,
  'preview-2021-08': NOT_SENT,
  'preview-2021-04': {},
};

/** Whether a dialect can do an action. */
export type Support = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Tells before anything is sent whether a dialect can do what a kind of action asks for, and if not, why. Pure. */
export function supportOf(dialect: DialectName, kind: ActionKind): Support {
  const cannot = CANNOT[dialect];
  const reason = typeof cannot === 'string' ? cannot : cannot[kind];
  return reason === undefined ? { ok: true } : { ok: false, reason };
}

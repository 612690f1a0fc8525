import type { ActionDraft } from '../../domain/action.ts';
import type { ActionInput, ActionSpec } from './action-schema.ts';
import { parseAction } from './parse-action.ts';

/**
 * An action as it is planned and stored: plain JSON, complete, so that every send of it has the same body.
 *
 * @param action written flat, as over HTTP; of the type only what flows write can be wrong at run time (a number).
 * @throws RangeError naming each fault: what a flow plans is written by a programmer.
 */
export function draftOf(action: ActionInput): ActionDraft {
  const parsed = parseAction(action);
  if (parsed.ok) return toDraft(parsed.action);
  throw new RangeError(parsed.faults.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '));
}

/** The draft of an action that was read. */
export function toDraft({ kind, ...members }: ActionSpec): ActionDraft {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return { kind, arguments: Object.fromEntries(given) };
}

/** An action as it is stored, read again; undefined where it is none, or one of another version of the app. */
export function specOf({ kind, arguments: members }: ActionDraft): ActionSpec | undefined {
  const parsed = parseAction({ ...members, kind });
  return parsed.ok ? parsed.action : undefined;
}

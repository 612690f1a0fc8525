import type { Call } from '../../shared/domain/call.ts';
import { applyEvent } from '../../shared/flows/apply-event.ts';
import { type FlowLookup, listening } from '../../shared/flows/decider.ts';
import type { CallFile } from './call-file.ts';
import { mapJson } from './map-json.ts';

/**
 * The masked call with the ids that its actions have when it is replayed: an id is a hash of what led to the action,
 * which may be a number. As it is where the call cannot be replayed.
 */
export function withActionIds(original: CallFile, masked: CallFile, flows: FlowLookup): CallFile {
  const ids = new Map<string, string>();
  const rename = <Value>(value: Value): Value =>
    ids.size === 0 ? value : mapJson(value, { text: text => renamed(text, ids) });
  try {
    const context = { decider: listening, flows };
    let [before, after]: (Call | undefined)[] = [];
    const journal = masked.journal.map((entry, index) => {
      const { event } = original.journal[index] ?? entry;
      const renamedEntry = rename(entry);
      before = applyEvent(before, event, { ...context, callKey: original.callKey }).call;
      after = applyEvent(after, renamedEntry.event, { ...context, callKey: masked.callKey }).call;
      for (const [place, { actionId }] of before.actions.entries()) {
        const other = after.actions[place]?.actionId;
        if (other !== undefined && other !== actionId) ids.set(actionId, other);
      }
      return renamedEntry;
    });
    return { ...masked, journal, stored: rename(masked.stored) };
  } catch {
    // Its flow is not here, or an event is none: the replay of the file says so.
    return masked;
  }
}

function renamed(text: string, ids: ReadonlyMap<string, string>): string {
  let result = text;
  for (const [id, other] of ids) result = result.replaceAll(id, other);
  return result;
}

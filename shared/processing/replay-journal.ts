import type { Action } from '../domain/action.ts';
import type { Call } from '../domain/call.ts';
import type { Signal } from '../domain/signal.ts';
import { applyEvent } from '../flows/apply-event.ts';
import type { Deciders } from '../flows/decider.ts';
import type { JournalEntry } from '../store/journal-row.ts';

/** A call after one event of its journal. */
export interface ReplayStep {
  readonly entry: JournalEntry;
  readonly call: Call;
  readonly signals: readonly Signal[];
  /** What was decided with this event. */
  readonly planned: readonly Action[];
}

/**
 * Applies the events of a journal one after the other, sending nothing. Pure: the last step holds the call as it is
 * stored, if nothing but its journal has made it.
 *
 * @param journal in the order of application.
 */
export function replayJournal(
  journal: readonly JournalEntry[],
  context: { readonly callKey: string } & Deciders,
): ReplayStep[] {
  const steps: ReplayStep[] = [];
  let call: Call | undefined;
  for (const entry of journal) {
    const known = new Set(call?.actions.map(({ actionId }) => actionId));
    const applied = applyEvent(call, entry.event, context);
    const planned = applied.call.actions.filter(({ actionId }) => !known.has(actionId));
    steps.push({ entry, call: applied.call, signals: applied.signals, planned });
    call = applied.call;
  }
  return steps;
}

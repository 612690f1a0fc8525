import { isDeepStrictEqual } from 'node:util';
import { FLOWS } from '../../flows/registry.ts';
import { listening } from '../../shared/flows/decider.ts';
import { flowLookup } from '../../shared/flows/flow-lookup.ts';
import { triggerOf } from '../../shared/flows/trigger-of.ts';
import { type ReplayStep, replayJournal } from '../../shared/processing/replay-journal.ts';
import type { CallFile } from './call-file.ts';

/** A replay in words, and whether it ended in what is stored. */
export interface ReplayReport {
  readonly lines: readonly string[];
  readonly matches: boolean;
}

/** Replays a call and tells each step: the event, the state after it, the signals, and what was planned. */
export function describeReplay({ callKey, journal, stored }: CallFile): ReplayReport {
  const steps = replayJournal(journal, { callKey, decider: listening, flows: flowLookup(FLOWS) });
  const differences = stored === null ? [] : differingFields(stored, steps.at(-1)?.call ?? {});
  const matches = stored !== null && differences.length === 0;
  return {
    lines: [`Call ${callKey}`, ...steps.flatMap(describeStep), verdict(stored !== null, differences)],
    matches,
  };
}

function describeStep({ entry, call, signals, planned }: ReplayStep): string[] {
  const { number, event } = entry;
  const head = `${String(number).padStart(4)}  ${event.at}  ${event.type.padEnd(24)} → ${call.state}`;
  return [
    head,
    ...signals.map(signal => `        signal  ${triggerOf(signal)}`),
    ...planned.map(({ kind, actionId, state }) => `        planned ${kind} ${actionId} (${state})`),
  ];
}

function differingFields(stored: object, replayed: object): string[] {
  const fields = new Set([...Object.keys(stored), ...Object.keys(replayed)]);
  const [a, b] = [stored, replayed] as Record<string, unknown>[];
  return [...fields].filter(field => !isDeepStrictEqual(a?.[field], b?.[field]));
}

function verdict(hasStored: boolean, differences: readonly string[]): string {
  if (!hasStored) return 'Nothing is stored to compare it with.';
  if (differences.length === 0) return 'The replay ends in exactly what is stored.';
  return `The replay differs from what is stored in: ${differences.join(', ')}.`;
}

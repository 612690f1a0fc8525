import { isDeepStrictEqual } from 'node:util';
import { FLOWS } from '../../flows/registry.ts';
import { listening } from '../../shared/flows/decider.ts';
import { flowLookup } from '../../shared/flows/flow-lookup.ts';
import { MissingFlowError } from '../../shared/flows/missing-flow.ts';
import { triggerOf } from '../../shared/flows/trigger-of.ts';
import { type ReplayStep, replayJournal } from '../../shared/processing/replay-journal.ts';
import { InputError } from '../command-line.ts';
import type { CallFile } from './call-file.ts';
import { journalFaults } from './journal-faults.ts';

/** A replay in words, and whether it ended in what is stored. */
export interface ReplayReport {
  readonly lines: readonly string[];
  readonly matches: boolean;
}

/**
 * Replays a call by the numbers of its journal and tells each step: the event, the state after it, the signals, and what
 * was planned. A journal that is not whole matches nothing, whatever it ends in.
 *
 * @throws InputError for a journal that cannot be replayed: the flow of the call is not here, or an event is none.
 */
export function describeReplay(file: CallFile): ReplayReport {
  const { callKey, stored } = file;
  const journal = file.journal.toSorted((a, b) => a.number - b.number);
  const steps = replay({ ...file, journal });
  const differences = stored === null ? [] : differingFields(stored, steps.at(-1)?.call ?? {});
  const faults = journalFaults(journal);
  const lines = [
    `Call ${callKey}`,
    ...steps.flatMap(describeStep),
    ...faults.map(fault => `The journal is not whole: ${fault}.`),
    verdict({ hasStored: stored !== null, isWhole: faults.length === 0, differences }),
  ];
  return { lines, matches: stored !== null && differences.length === 0 && faults.length === 0 };
}

function replay({ callKey, journal }: CallFile): ReplayStep[] {
  try {
    return replayJournal(journal, { callKey, decider: listening, flows: flowLookup(FLOWS) });
  } catch (error) {
    const why = error instanceof MissingFlowError ? missingFlow(journal) : undefined;
    const message = error instanceof Error ? error.message : String(error);
    throw new InputError(`Call ${callKey} cannot be replayed: ${why ?? message}`, { cause: error });
  }
}

function missingFlow(journal: CallFile['journal']): string | undefined {
  const flow = journal.flatMap(({ event }) => (event.type === 'call.requested' ? event.flow : null) ?? [])[0];
  if (flow === undefined) return undefined;
  return `the flow ${flow.name} in version ${flow.version} runs it and is not in flows/registry.ts. Check out a version of the app that has it.`;
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

function verdict({
  hasStored,
  isWhole,
  differences,
}: {
  readonly hasStored: boolean;
  readonly isWhole: boolean;
  readonly differences: readonly string[];
}): string {
  if (!hasStored) return 'Nothing is stored to compare it with.';
  if (differences.length > 0) return `The replay differs from what is stored in: ${differences.join(', ')}.`;
  if (!isWhole) return 'The replay ends in what is stored, but proves nothing: the journal is not whole.';
  return 'The replay ends in exactly what is stored.';
}

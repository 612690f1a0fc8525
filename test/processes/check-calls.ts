import { isDeepStrictEqual } from 'node:util';
import { isInFlight } from '../../shared/actions/claims.ts';
import { type Action, isSettled } from '../../shared/domain/action.ts';
import type { Call } from '../../shared/domain/call.ts';
import type { CallEvent } from '../../shared/domain/call-event.ts';
import { reduceCall } from '../../shared/domain/reduce-call.ts';
import { participantsOf } from '../../shared/domain/stays.ts';
import { applyEvent } from '../../shared/flows/apply-event.ts';
import { replayJournal } from '../../shared/processing/replay-journal.ts';
import type { CallHead } from '../../shared/store/call-head.ts';
import type { JournalEntry } from '../../shared/store/journal-row.ts';
import { participantRow } from '../../shared/store/keys.ts';
import { encodeParticipant } from '../../shared/store/participant-row.ts';
import type { Executions } from './acs-server.ts';
import { actingDecider, policyOf } from './acting-decider.ts';
import type { ProcessServices } from './services.ts';
import type { WorkloadCall } from './workload.ts';

/** What can be wrong with a call, each with a sentence for every call with which it is. */
export interface Wrongs {
  readonly state: string[];
  readonly journal: string[];
  readonly fold: string[];
  readonly actions: string[];
  readonly index: string[];
}

/** What came of looking at the calls. */
export interface Verdict {
  readonly wrongs: Wrongs;
  /** How many actions ended in each state. */
  readonly actionStates: Readonly<Record<string, number>>;
}

interface Stored {
  readonly call: WorkloadCall;
  readonly head: CallHead;
  readonly journal: readonly JournalEntry[];
}

/**
 * Looks at what is stored of each call from outside, once all is quiet: is every event there once, does it come to the
 * state that the events come to in any order, was every action planned and none carried out more often than it may be.
 */
export async function checkCalls(
  services: ProcessServices,
  calls: readonly WorkloadCall[],
  executions: ReadonlyMap<string, Executions>,
): Promise<Verdict> {
  const wrongs: Wrongs = { state: [], journal: [], fold: [], actions: [], index: [] };
  const actionStates: Record<string, number> = {};
  const planned = new Set<string>();
  for (const call of calls) {
    const { callKey } = call;
    const head = await services.calls.load(callKey);
    if (head === undefined) {
      wrongs.state.push(`${callKey}: there is no head`);
      continue;
    }
    const stored = { call, head, journal: await services.calls.journal(callKey) };
    wrongs.journal.push(...journalFaults(stored));
    wrongs.fold.push(...foldFaults(stored));
    wrongs.state.push(...stateFaults(stored));
    wrongs.actions.push(...actionFaults(stored, executions));
    wrongs.index.push(...(await indexFaults(services, head)));
    for (const { actionId, state } of head.call.actions) {
      planned.add(actionId);
      actionStates[state] = (actionStates[state] ?? 0) + 1;
    }
  }
  for (const actionId of executions.keys())
    if (!planned.has(actionId)) wrongs.actions.push(`${actionId} was sent and is in no call`);
  return { wrongs, actionStates };
}

/** Set-full: every event that was accepted is there, once, and nothing else from outside. */
function journalFaults({ call, head, journal }: Stored): string[] {
  const faults: string[] = [];
  const numbers = journal.map(({ number }) => number);
  if (numbers.some((number, index) => number !== index + 1)) faults.push(`numbered ${numbers.join()}`);
  if (head.journalCount !== journal.length)
    faults.push(`${journal.length} rows, counted ${head.journalCount}`);
  const told = journal.filter(({ event }) => event.wireId !== null).map(({ event }) => event.fingerprint);
  const sent = call.events.map(({ fingerprint }) => fingerprint);
  const lost = sent.filter(fingerprint => !told.includes(fingerprint));
  if (lost.length > 0) faults.push(`lost ${lost.join()}`);
  if (told.length !== sent.length) faults.push(`${told.length} events of ${sent.length}`);
  return faults.map(fault => `${call.callKey}: ${fault}`);
}

function foldFaults({ call: { callKey }, head, journal }: Stored): string[] {
  const last = replayJournal(journal, { callKey, decider: actingDecider }).at(-1);
  return isDeepStrictEqual(plain(last?.call), plain(head.call))
    ? []
    : [`${callKey}: not what its journal says`];
}

/** The facts, by the reducer alone and in another order than the journal's. */
function stateFaults({ call, head, journal }: Stored): string[] {
  const own = journal.map(({ event }) => event).filter(({ wireId }) => wireId === null);
  let joined: Call | undefined;
  for (const event of [...call.events, ...own]) joined = reduceCall(joined, event, call.callKey).call;
  const faults: string[] = [];
  if (!isDeepStrictEqual(factsOf(joined), factsOf(head.call))) faults.push('not the join of its events');
  if (head.call.timers.some(({ state }) => state === 'armed')) faults.push('a timer is still armed');
  return faults.map(fault => `${call.callKey}: ${fault}`);
}

function factsOf(call: Call | undefined) {
  return call === undefined ? undefined : plain({ ...call, actions: [], timers: [] });
}

/** What it is once it was stored. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

/** Total-queue: all that had to be planned was, nothing else, and each is settled and was carried out as it may be. */
function actionFaults(
  { call, head, journal }: Stored,
  executions: ReadonlyMap<string, Executions>,
): string[] {
  const expected = referenceActions(
    call,
    journal.map(({ event }) => event),
  ).toSorted();
  const { actions } = head.call;
  const ids = actions.map(({ actionId }) => actionId).toSorted();
  const faults = isDeepStrictEqual(ids, expected)
    ? []
    : [`planned ${ids.length} actions, not ${expected.length}`];
  for (const action of actions) {
    const fault = executionFault(head, action, executions.get(action.actionId));
    if (fault !== undefined) faults.push(`${action.kind} ${action.actionId} ${fault}`);
  }
  return faults.map(fault => `${call.callKey}: ${fault}`);
}

/** The ids of what the events lead to in the order of their times, and the timer that did fire. */
function referenceActions({ callKey, events }: WorkloadCall, journal: readonly CallEvent[]): string[] {
  const context = { callKey, decider: actingDecider };
  const fired = journal.filter(({ type }) => type === 'timer.fired');
  let call: Call | undefined;
  for (const event of events) {
    call = applyEvent(call, event, context).call;
    const isArmed = call.timers.some(({ state }) => state === 'armed');
    for (const timer of isArmed ? fired : []) call = applyEvent(call, timer, context).call;
  }
  return call?.actions.map(({ actionId }) => actionId) ?? [];
}

function executionFault(head: CallHead, action: Action, sent: Executions | undefined): string | undefined {
  const { kind, state, reason } = action;
  const executed = sent?.executed ?? 0;
  if (isInFlight(head, action) || !(isSettled(action) || state === 'skipped'))
    return `is ${state}, not settled`;
  if (executed > 1 && policyOf(kind) !== 'atLeastOnce') return `was carried out ${executed} times`;
  if (sent?.differs === true) return 'was repeated with another body';
  if (state === 'done') return executed === 0 ? 'counts as done and was not carried out' : undefined;
  if (state === 'failed') return 'counts as refused, and nothing was';
  if (state === 'skipped' && executed > 0) return 'counts as skipped and was carried out';
  return reason === null ? `is ${state} for no reason` : undefined;
}

async function indexFaults({ upkeep, callsTable }: ProcessServices, head: CallHead): Promise<string[]> {
  const { callKey } = head.call;
  const faults: string[] = [];
  const { day, open, alias } = await upkeep.lacks(head, false);
  for (const [row, isMissing] of Object.entries({ day, open, alias }))
    if (isMissing) faults.push(`the index has no row ${row}`);
  const { rows } = await callsTable.list({ partition: callKey, rows: { from: 'p~', to: 'p~~' } });
  const found = Object.fromEntries(rows.map(({ rowKey, values }) => [rowKey, values]));
  const expected = participantsOf(head.call).map(entry => [participantRow(entry), encodeParticipant(entry)]);
  if (!isDeepStrictEqual(plain(found), plain(Object.fromEntries(expected))))
    faults.push('the rows of its participants are not what its head says');
  return faults.map(fault => `${callKey}: ${fault}`);
}

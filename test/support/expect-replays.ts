import { expect } from 'vitest';
import { replayJournal } from '../../shared/processing/replay-journal.ts';
import type { MemoryWorld } from './memory-world.ts';

/**
 * Expects what is stored of a call to be what its journal comes to, each event in it once and in order, and the rows
 * of its actions and timers to say what the head says.
 */
export async function expectReplays(world: MemoryWorld, callKey: string): Promise<void> {
  const { calls } = world.startInstance();
  const head = await calls.load(callKey);
  if (head === undefined) throw new Error(`Call ${callKey} is not known.`);
  const journal = await calls.journal(callKey);
  expect(journal.map(({ number }) => number)).toEqual(journal.map((_, index) => index + 1));
  expect(new Set(journal.map(({ event }) => event.fingerprint)).size).toBe(journal.length);
  expect(head.journalCount).toBe(journal.length);
  const steps = replayJournal(journal, { callKey, decider: world.decider, flows: world.flows });
  expect(head.call, 'the state is the fold of the journal').toEqual(steps.at(-1)?.call);

  const { rows } = await world.tables.calls.list({ partition: callKey, rows: { from: 'o~', to: 't~~' } });
  const shown = rows.map(({ rowKey, values }) => [rowKey.slice(0, 2), values['state'], values['timerId']]);
  const { actions, timers } = head.call;
  const isSending = (actionId: string, state: string) =>
    (state === 'planned' || state === 'skipped') && head.deliveries[actionId]?.claimedBy != null;
  const expected = [
    ...actions.map(({ actionId, state }) => [
      'o~',
      isSending(actionId, state) ? 'sending' : state,
      undefined,
    ]),
    ...timers.map(({ timerId, state }) => ['t~', state, timerId]),
  ];
  const relevant = shown.filter(([prefix]) => prefix !== 'p~');
  expect(relevant.map(String).toSorted(), 'rows follow the head').toEqual(expected.map(String).toSorted());
}

import { describe, expect, it } from 'vitest';
import { listening } from '../../../shared/flows/decider.ts';
import { replayJournal } from '../../../shared/processing/replay-journal.ts';
import { connected, headOf, tone } from '../../support/acting.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

const decider = deciderOf({
  connected: { actions: [draft('playAudio')], arm: [{ timerId: 'silence', afterMs: 5_000 }] },
  'timer:silence#1': { actions: [draft('hangUp')] },
});

describe('replayJournal', () => {
  it('comes to nothing for an empty journal', () => {
    expect(replayJournal([], { callKey: CALL_KEY, decider: listening })).toEqual([]);
  });

  it('goes the way that the call went, and ends in what is stored, sending nothing', async () => {
    const world = new MemoryWorld({ decider });
    const instance = world.startInstance();
    await instance.worker.record(CALL_KEY, { events: [connected, tone(1)] });
    await world.comeToRest(instance);
    const journal = await instance.calls.journal(CALL_KEY);
    const sent = world.provider.sent.length;

    const steps = replayJournal(journal, { callKey: CALL_KEY, decider });

    const told = steps.map(({ entry, signals, planned, call }) => [
      entry.event.type,
      signals.map(({ type }) => type).join(),
      planned.map(({ kind }) => kind).join(),
      call.actions.map(({ state }) => state).join(),
    ]);
    expect(told).toEqual([
      ['call.connected', 'connected', 'playAudio', 'planned'],
      ['tone.received', 'toneReceived', '', 'planned'],
      ['action.done', '', '', 'done'],
      ['timer.fired', 'timerFired', 'hangUp', 'done,planned'],
      ['action.done', '', '', 'done,done'],
    ]);
    expect(steps.map(({ entry }) => entry)).toEqual(journal);
    expect(steps.at(-1)?.call).toEqual((await headOf(instance)).call);
    expect(world.provider.sent).toHaveLength(sent);
  });
});

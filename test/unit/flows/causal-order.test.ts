import { describe, expect, it } from 'vitest';
import { newFlowState } from '../../../shared/domain/flow-state.ts';
import type { Signal } from '../../../shared/domain/signal.ts';
import {
  heldBack,
  orderSignal,
  releaseOperations,
  SETTLE,
  TONE_GAP,
} from '../../../shared/flows/causal-order.ts';
import { triggerOf } from '../../../shared/flows/trigger-of.ts';
import { atSecond } from '../../support/call-events.ts';
import { everyOrder } from '../../support/every-order.ts';

const tone = (sequenceId: number): Signal => ({
  type: 'toneReceived',
  at: atSecond(10 + sequenceId),
  sequenceId,
  tone: 'one',
});
const fired = (timerId: string): Signal => ({ type: 'timerFired', at: atSecond(60), timerId, generation: 1 });
const connected: Signal = { type: 'connected', at: atSecond(30) };
const disconnected: Signal = { type: 'disconnected', at: atSecond(20) };
const { waiting: NOTHING } = newFlowState({ name: 'x', version: 1, input: {} });

/** What is shown of these signals, and the timers that are armed and cancelled. */
function order(...signals: readonly Signal[]) {
  let waiting = NOTHING;
  const shown: string[] = [];
  const timers: string[] = [];
  for (const signal of signals) {
    const step = orderSignal(waiting, signal);
    waiting = step.waiting;
    shown.push(...step.shown.map(triggerOf));
    timers.push(
      ...(step.cancel ?? []).map(id => `-${id}`),
      ...(step.arm ?? []).map(({ timerId }) => `+${timerId}`),
    );
  }
  return { shown: shown.join(' '), timers: timers.join(' '), waiting };
}

describe('orderSignal', () => {
  it.each([
    { name: 'from 1', given: [1, 2, 3], shown: '1 2 3', timers: '' },
    { name: 'from 0', given: [0, 1], shown: '0 1', timers: '' },
    { name: 'later one first', given: [1, 3, 2], shown: '1 2 3', timers: '+gap -gap' },
    { name: 'the first last', given: [3, 2, 1], shown: '1 2 3', timers: '+gap -gap' },
    { name: 'two gaps', given: [1, 5, 3, 2], shown: '1 2 3', timers: '+gap +gap' },
    { name: 'one that is told twice', given: [1, 1, 2], shown: '1 2', timers: '' },
  ])('shows tones in sequence: $name', ({ given, shown, timers }) => {
    const result = order(...given.map(tone));

    expect(result.shown).toBe(shown.replace(/\d/g, 'tone#$&:one'));
    expect(result.timers).toBe(timers.replaceAll('gap', TONE_GAP));
  });

  it('closes a gap when its time is up, and shows what comes too late to nobody', () => {
    expect(order(tone(1), tone(4), tone(5), fired(TONE_GAP), tone(2), tone(6)).shown).toBe(
      'tone#1:one tone#4:one tone#5:one tone#6:one',
    );
  });

  it('keeps the end back until the call has settled, with all that is late before it', () => {
    const late = order(disconnected, tone(2), tone(1), connected);
    expect(late).toMatchObject({ shown: '', timers: `-${TONE_GAP} +${SETTLE}` });

    const all = order(disconnected, tone(2), tone(1), connected, fired(SETTLE), tone(3));
    expect(all.shown).toBe('connected tone#1:one tone#2:one disconnected');
    expect(all.waiting).toMatchObject({ phase: 'settled', late: [], tones: [] });
  });

  it('shows the same once a call has settled, whatever the order', () => {
    const seen = new Set<string>();
    everyOrder([connected, tone(1), tone(2), tone(4), disconnected], {
      step: (before: readonly Signal[] | undefined, signal) => [...(before ?? []), signal],
      visit(signals) {
        // The reducer tells of the connection before whatever proves it.
        if (signals.indexOf(connected) > signals.findIndex(({ type }) => type === 'toneReceived')) return;
        seen.add(order(...signals, fired(SETTLE)).shown);
      },
    });

    expect([...seen]).toEqual(['connected tone#1:one tone#2:one tone#4:one disconnected']);
  });

  it("is not told of the app's own timers", () => {
    expect(order(fired('!placing'), fired(SETTLE), fired(TONE_GAP)).shown).toBe('');
    expect(order(fired('xstate.after.1000.x')).shown).toBe('timer:xstate.after.1000.x#1');
  });
});

describe('heldBack', () => {
  const ended: Signal = {
    type: 'operationEnded',
    at: atSecond(5),
    kind: 'playAudio',
    operationContext: 'prompt',
    participants: [],
    status: 'completed',
  };

  it('keeps the end of an operation until its action is planned', () => {
    const waiting = heldBack(NOTHING, ended, () => false);

    expect(waiting?.operations).toEqual([ended]);
    expect(releaseOperations(waiting ?? NOTHING, () => false).shown).toEqual([]);
    expect(releaseOperations(waiting ?? NOTHING, id => id === 'prompt')).toMatchObject({
      shown: [ended],
      waiting: { operations: [] },
    });
  });

  it('keeps back nothing else', () => {
    expect(heldBack(NOTHING, ended, () => true)).toBeUndefined();
    expect(heldBack(NOTHING, connected, () => false)).toBeUndefined();
  });
});

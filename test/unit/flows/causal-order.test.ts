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

/** Every gap that can be open is closed. */
const GAPS = Array.from({ length: 4 }, () => fired(TONE_GAP));

const TONES = [
  { numbers: [0], shown: '0' },
  { numbers: [0, 1], shown: '1' },
  { numbers: [0, 2], shown: '0 2' },
  { numbers: [0, 1, 2], shown: '1 2' },
  { numbers: [0, 1, 3], shown: '1 3' },
  { numbers: [0, 2, 3, 5], shown: '0 2 3 5' },
  { numbers: [1, 2, 3], shown: '1 2 3' },
  { numbers: [1, 3, 4, 6], shown: '1 3 4 6' },
  { numbers: [2, 3, 4], shown: '2 3 4' },
  { numbers: [2, 4, 5], shown: '2 4 5' },
];

function eachOrder<Item>(items: readonly Item[], visit: (order: readonly Item[]) => void): void {
  everyOrder(items, {
    step: (before: readonly Item[] | undefined, item) => [...(before ?? []), item],
    visit,
  });
}

function numbersOf(shown: string): string {
  return shown.replaceAll(/tone#(\d):one/g, '$1');
}

/** What is shown of tones in any order, when all gaps are closed at the end. */
function seenOf(numbers: readonly number[]): string[] {
  const seen = new Set<string>();
  eachOrder(numbers, given => seen.add(numbersOf(order(...given.map(tone), ...GAPS).shown)));
  return [...seen];
}

describe('orderSignal', () => {
  it.each([
    { name: 'from 1', given: [1, 2, 3], shown: '1 2 3', timers: '' },
    { name: 'a 0, which waits', given: [0], shown: '', timers: '+gap' },
    { name: 'a 0 before a 1', given: [0, 1], shown: '1', timers: '+gap -gap' },
    { name: 'a 0 after a 1', given: [1, 0], shown: '1', timers: '' },
    { name: 'a 0 and a gap', given: [0, 3, 1, 2], shown: '1 2 3', timers: '+gap +gap -gap' },
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

  it.each(TONES)('shows tones $numbers in whatever order they come: $shown', ({ numbers, shown }) => {
    expect(seenOf(numbers)).toEqual([shown]);
  });

  it.each(TONES)(
    'shows tones $numbers once the call has settled as without its end',
    ({ numbers, shown }) => {
      const seen = new Set<string>();
      eachOrder<Signal>([...numbers.map(tone), disconnected], signals => {
        seen.add(numbersOf(order(...signals, fired(SETTLE)).shown.replace(' disconnected', '')));
      });

      expect([...seen]).toEqual([shown]);
    },
  );

  it.each([
    { first: [0], next: [1, 2], shown: '0 1 2' },
    { first: [0, 2], next: [3], shown: '0 2 3' },
    { first: [1], next: [2, 3], shown: '1 2 3' },
    { first: [1, 2], next: [0], shown: '1 2' },
    { first: [2], next: [1, 3, 4], shown: '2 3 4' },
    { first: [2, 4], next: [3, 5], shown: '2 4 5' },
  ])('shows tones $first, when time is up, and then $next as $shown', ({ first, next, shown }) => {
    const seen = new Set<string>();
    eachOrder(first, begun => {
      const before = [...begun.map(tone), ...GAPS];
      eachOrder(next, rest => seen.add(numbersOf(order(...before, ...rest.map(tone), ...GAPS).shown)));
    });

    expect([...seen]).toEqual([shown]);
  });

  it('shows one of two keys that have one number, live and once the call has settled', () => {
    const other: Signal = { ...tone(1), tone: 'two' } as Signal;

    expect(order(tone(1), other).shown).toBe('tone#1:one');
    expect(order(disconnected, other, tone(1), tone(2), fired(SETTLE)).shown).toBe(
      'tone#1:one tone#2:one disconnected',
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

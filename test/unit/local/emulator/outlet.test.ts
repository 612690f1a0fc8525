import { describe, expect, it } from 'vitest';
import { Outlet } from '../../../../local/emulator/callbacks/outlet.ts';
import type { LegEvent } from '../../../../local/emulator/core/leg-event.ts';
import type { CallbackFate } from '../../../../local/emulator/faults/fault-dial.ts';
import { legRef } from '../../../support/emulator/leg-ref.ts';
import { VirtualClock } from '../../../support/emulator/virtual-clock.ts';

const NO_FAULT: CallbackFate = {
  drop: false,
  duplicate: false,
  restamp: false,
  reorder: false,
  batch: false,
  split: false,
  delayMs: 0,
};

/** Sends events 1 to n, a tenth of a second apart, with what they meet; gives the POSTs, `!` for another time. */
function posts(fates: readonly Partial<CallbackFate>[], uriOf = (_id: number) => 'http://app'): string[] {
  const clock = new VirtualClock();
  const posted: string[] = [];
  const outlet = new Outlet({
    clock,
    holdMs: () => 1000,
    fateOf: ({ at }) => ({ ...NO_FAULT, ...fates[at.ticks - 1] }),
    post: events =>
      posted.push(events.map(({ at }) => `${at.ticks % 5000}${at.ticks > 5000 ? '!' : ''}`).join('+')),
    dropped: ({ at }) => posted.push(`(${at.ticks})`),
  });
  for (const id of fates.keys()) {
    outlet.accept(event(id + 1, uriOf(id + 1)));
    clock.turn(0.1);
  }
  clock.turn(10);
  return posted;
}

function event(ticks: number, callbackUri: string): LegEvent {
  return {
    id: `e${ticks}`,
    leg: legRef('leg'),
    callbackUri,
    at: { ms: 0, ticks },
    news: { type: 'tone', sequenceId: ticks, key: '1' },
  };
}

describe('Outlet', () => {
  it.each<{ name: string; fates: Partial<CallbackFate>[]; expected: string[] }>([
    { name: 'each at once and alone', fates: [{}, {}], expected: ['1', '2'] },
    { name: 'a duplicate after itself', fates: [{ duplicate: true }, {}], expected: ['1', '1', '2'] },
    { name: 'the same with another time', fates: [{ restamp: true }, {}], expected: ['1', '1!', '2'] },
    { name: 'nothing of what is dropped', fates: [{ drop: true }, {}], expected: ['(1)', '2'] },
    { name: 'one after the next', fates: [{ reorder: true }, {}, {}], expected: ['2', '1', '3'] },
    { name: 'the last one although none overtakes it', fates: [{}, { reorder: true }], expected: ['1', '2'] },
    { name: 'one that others overtake', fates: [{ delayMs: 150 }, {}, {}], expected: ['2', '1', '3'] },
    { name: 'two in one POST', fates: [{ batch: true }, {}, {}], expected: ['1+2', '3'] },
    { name: 'the last one although none joins it', fates: [{}, { batch: true }], expected: ['1', '2'] },
    {
      name: 'a batch again in pieces',
      fates: [{ batch: true }, { split: true }],
      expected: ['1+2', '1', '2'],
    },
    {
      name: 'a batch again as it was',
      fates: [{ batch: true }, { duplicate: true }],
      expected: ['1+2', '1+2'],
    },
    {
      name: 'one after a batch of those that follow',
      fates: [{ reorder: true }, { batch: true }, {}],
      expected: ['2+3', '1'],
    },
  ])('sends $name', ({ fates, expected }) => {
    expect(posts(fates)).toEqual(expected);
  });

  it('batches only what goes to one URI', () => {
    expect(posts([{ batch: true }, {}], id => `http://app/${id}`)).toEqual(['1', '2']);
  });
});

import { describe, expect, it } from 'vitest';
import { type CallFilter, listCalls } from '../../../shared/processing/list-calls.ts';
import { IndexUpkeep } from '../../../shared/store/index-upkeep.ts';
import { eventsOf } from '../../support/call-elements.ts';
import { timeOf } from '../../support/call-events.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { CONVERSATION_ID, element } from '../../support/preview-2021-04-elements.ts';

const STATES = ['Establishing', 'Established', 'Terminating', 'Terminated'] as const;
const STATE_NAMES = ['connecting', 'connected', 'disconnecting', 'disconnected'] as const;

/** Twelve calls, one an hour from 20:00 on, over midnight, their states by turns. */
const CALLS = Array.from({ length: 12 }, (_, index) => ({
  callKey: `c${String(index).padStart(2, '0')}`,
  at: timeOf(new Date(Date.UTC(2021, 4, 5, 20 + index)).toISOString()),
  state: STATE_NAMES[index % 4],
  wireState: STATES[index % 4],
}));

async function worldOfCalls(): Promise<{ readonly world: MemoryWorld; readonly instance: Instance }> {
  const world = new MemoryWorld();
  const instance = world.startInstance();
  for (const { callKey, at, wireState } of CALLS) {
    const data = { ConversationId: CONVERSATION_ID, CallState: wireState };
    const each = element('CallLegStateChanged', data, { callLegId: `leg-of-${callKey}`, eventTime: at });
    await instance.calls.commit(callKey, { events: eventsOf([each]) });
  }
  return { world, instance };
}

async function walk(instance: Instance, filter: CallFilter, limit: number): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCalls(instance, filter, { limit, cursor });
    expect(page.calls.length).toBeLessThanOrEqual(limit);
    found.push(...page.calls.map(call => call.callKey));
    ({ cursor } = page);
  } while (cursor !== undefined);
  return found;
}

const newestFirst = CALLS.toReversed();
const keysOf = (calls: readonly { readonly callKey: string }[]) => calls.map(({ callKey }) => callKey);

describe('listCalls', () => {
  it.each([1, 2, 3, 5, 11, 12, 13, 500])(
    'lists every call once, newest first, in pages of %i',
    async limit => {
      const { instance } = await worldOfCalls();

      expect(await walk(instance, {}, limit)).toEqual(keysOf(newestFirst));
    },
  );

  it.each(STATE_NAMES)('lists the calls that are %s, whatever the size of a page', async state => {
    const { instance } = await worldOfCalls();

    for (const limit of [1, 2, 3, 100]) {
      const found = await walk(instance, { state }, limit);
      expect(found.toSorted()).toEqual(keysOf(CALLS.filter(call => call.state === state)));
    }
  });

  it('lists the open calls, before and after ended ones are tidied away', async () => {
    const { world, instance } = await worldOfCalls();
    const open = keysOf(CALLS.filter(call => call.state !== 'disconnected'));

    for (const limit of [1, 2, 9, 100]) expect(await walk(instance, { state: 'open' }, limit)).toEqual(open);
    const ended = keysOf(CALLS.filter(call => call.state === 'disconnected'));
    for (const callKey of ended) await new IndexUpkeep(world.tables.index).removeOpen(callKey);
    for (const limit of [1, 2, 9, 100]) expect(await walk(instance, { state: 'open' }, limit)).toEqual(open);
  });

  it.each([
    { name: 'from a moment on, that moment included', from: CALLS[6]?.at, to: undefined, first: 6, last: 12 },
    { name: 'up to a moment, without it', from: undefined, to: CALLS[6]?.at, first: 0, last: 6 },
    { name: 'between two moments', from: CALLS[2]?.at, to: CALLS[5]?.at, first: 2, last: 5 },
    { name: 'between a moment and itself', from: CALLS[2]?.at, to: CALLS[2]?.at, first: 2, last: 2 },
    {
      name: 'up to the end of time',
      from: CALLS[2]?.at,
      to: timeOf('9999-12-31T23:59:59Z'),
      first: 2,
      last: 12,
    },
    {
      name: 'from the beginning of time on',
      from: timeOf('0001-01-01T00:00:00Z'),
      to: undefined,
      first: 0,
      last: 12,
    },
  ])('lists the calls $name', async ({ from, to, first, last }) => {
    const { instance } = await worldOfCalls();
    const expected = keysOf(CALLS.slice(first, last).toReversed());

    for (const limit of [1, 4, 100]) expect(await walk(instance, { from, to }, limit)).toEqual(expected);
  });

  it('lists by state and time together', async () => {
    const { instance } = await worldOfCalls();
    const filter = { state: 'open', from: CALLS[2]?.at, to: CALLS[9]?.at } as const;

    const expected = CALLS.slice(2, 9).filter(call => call.state !== 'disconnected');
    expect(await walk(instance, filter, 2)).toEqual(keysOf(expected.toReversed()));
  });

  it('finds a call under its earliest time, when that came late and lies on the day before', async () => {
    const { instance } = await worldOfCalls();
    const earlier = timeOf('2021-05-05T23:30:00Z');
    // Known first at 01:00 of the next day.
    const late = element(
      'CallLegStateChanged',
      { ConversationId: null, CallState: 'Establishing' },
      { callLegId: 'leg-of-c05', eventTime: earlier },
    );
    await instance.calls.commit('c05', { events: eventsOf([late]) });

    expect(
      await walk(instance, { from: timeOf('2021-05-05T23:15:00Z'), to: timeOf('2021-05-05T23:45:00Z') }, 10),
    ).toEqual(['c05']);
    expect(await walk(instance, {}, 5)).toEqual(keysOf(newestFirst));
  });

  it('leaves out a call that the index knows and the table no longer has', async () => {
    const { world, instance } = await worldOfCalls();
    await world.tables.calls.commit('c03', [{ kind: 'delete', rowKey: '!' }]);

    expect(await walk(instance, {}, 3)).toEqual(
      keysOf(newestFirst.filter(({ callKey }) => callKey !== 'c03')),
    );
  });

  it('lists nothing when there is nothing', async () => {
    expect(await listCalls(new MemoryWorld().startInstance(), {}, { limit: 10, cursor: undefined })).toEqual({
      calls: [],
      cursor: undefined,
    });
  });
});

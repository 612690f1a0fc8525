import { describe, expect, it } from 'vitest';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { PARKED_REASONS, type Parked, ParkedStore } from '../../../shared/store/parked-store.ts';
import { atSecond } from '../../support/call-events.ts';
import { noise } from '../../support/noise.ts';

const THING: Parked = {
  reason: 'malformed',
  detail: 'expected a string',
  pointer: '/0/data/callState',
  kind: 'element',
  callKey: 'c1',
  receivedAt: atSecond(0),
  text: '{"eventType":"x"}',
};

describe('ParkedStore', () => {
  it.each<{ name: string; thing: Parked }>([
    { name: 'an element with all there is to know', thing: THING },
    {
      name: 'a message without a call or a place',
      thing: { ...THING, kind: 'message', callKey: null, pointer: null },
    },
    { name: 'an element at the root', thing: { ...THING, pointer: '' } },
    { name: 'an empty text', thing: { ...THING, text: '' } },
    { name: 'a text of the largest callback', thing: { ...THING, text: noise(1_048_576) } },
    ...PARKED_REASONS.map(reason => ({ name: reason, thing: { ...THING, reason } })),
  ])('gives back what was parked: $name', async ({ thing }) => {
    const store = new ParkedStore(new MemoryTable());

    const parkedId = await store.park(thing);

    expect(await store.get(parkedId)).toEqual({ ...thing, parkedId });
    expect(await store.list({ limit: 10 })).toEqual({ items: [{ ...thing, parkedId }], cursor: undefined });
  });

  it('gives back what a newer version parked for a reason of its own, and what lies behind it', async () => {
    const table = new MemoryTable();
    const store = new ParkedStore(table);
    const before = await store.park(THING);
    const parkedId = await store.park({ ...THING, receivedAt: atSecond(1) });
    const values = { reason: 'ofANewerVersion' };
    await table.commit('parked', [{ kind: 'merge', rowKey: parkedId, values }]);

    const { items } = await store.list({ limit: 10 });

    expect(items).toMatchObject([
      { parkedId, reason: 'ofANewerVersion', text: THING.text },
      { parkedId: before, reason: 'malformed' },
    ]);
    expect(await store.get(parkedId)).toEqual(items[0]);
  });

  it('makes one row of one thing, however often it is parked', async () => {
    const store = new ParkedStore(new MemoryTable());

    const ids = [
      await store.park(THING),
      await store.park(THING),
      await store.park({ ...THING, detail: 'in other words' }),
    ];

    expect(new Set(ids).size).toBe(1);
    expect((await store.list({ limit: 10 })).items).toHaveLength(1);
  });

  it.each<{ name: string; other: Partial<Parked> }>([
    { name: 'text', other: { text: '{}' } },
    { name: 'place', other: { pointer: '/1' } },
    { name: 'reason', other: { reason: 'tooLarge' } },
    { name: 'call', other: { callKey: 'c2' } },
    { name: 'time', other: { receivedAt: atSecond(1) } },
  ])('makes two rows of things that differ in their $name', async ({ other }) => {
    const store = new ParkedStore(new MemoryTable());

    await store.park(THING);
    await store.park({ ...THING, ...other });

    expect((await store.list({ limit: 10 })).items).toHaveLength(2);
  });

  it('cuts a detail that no row could hold', async () => {
    const store = new ParkedStore(new MemoryTable());

    const parkedId = await store.park({ ...THING, detail: 'wrong; '.repeat(10_000) });

    const detail = (await store.get(parkedId))?.detail ?? '';
    expect(detail.startsWith('wrong; wrong; ')).toBe(true);
    expect(detail.length).toBeLessThan(5_000);
  });

  it.each([1, 2, 5, 100])('lists everything once, newest first, in pages of %i', async limit => {
    const store = new ParkedStore(new MemoryTable());
    const seconds = [3, 1, 4, 0, 5, 9, 2, 6];
    for (const second of seconds) await store.park({ ...THING, receivedAt: atSecond(second) });

    const times: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({ limit, cursor });
      times.push(...page.items.map(item => item.receivedAt));
      ({ cursor } = page);
    } while (cursor !== undefined);

    expect(times).toEqual(seconds.map(atSecond).toSorted().toReversed());
  });

  it('drops a thing once', async () => {
    const store = new ParkedStore(new MemoryTable());
    const parkedId = await store.park(THING);

    expect(await store.drop(parkedId)).toBe(true);
    expect(await store.drop(parkedId)).toBe(false);
    expect(await store.get(parkedId)).toBeUndefined();
  });

  it.each(['', 'x', '!', 'a/b', "' or 1 eq 1", '0'.repeat(21), `${'0'.repeat(21)}-`, 'x'.repeat(2_000)])(
    'knows nothing of an id that is none: %s',
    async id => {
      const store = new ParkedStore(new MemoryTable());

      expect(await store.get(id)).toBeUndefined();
      expect(await store.drop(id)).toBe(false);
    },
  );
});

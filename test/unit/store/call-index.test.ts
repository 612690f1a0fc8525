import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCall } from '../../../shared/domain/call.ts';
import type { DialectName } from '../../../shared/domain/call-event.ts';
import type { EventTime } from '../../../shared/domain/event-time.ts';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import type { CallHead } from '../../../shared/store/call-head.ts';
import { CallIndex, type IndexedCallPage, type IndexFacts } from '../../../shared/store/call-index.ts';
import { MemoryTable } from '../../../shared/store/memory-table.ts';
import { atSecond, timeOf } from '../../support/call-events.ts';
import { headWith } from '../../support/head-with.ts';

function headOf(callKey: string, at: EventTime, wireId: string | null = `leg-of-${callKey}`): CallHead {
  const call = newCall(callKey, { dialect: 'preview-2021-04', wireId, at });
  return headWith({
    call,
    journalCount: 1,
    projectionPending: false,
  });
}

const OPENED: IndexFacts = { dated: true, opened: true, bound: false, ended: false };
const BOUND: IndexFacts = { dated: false, opened: false, bound: true, ended: false };
const ENDED: IndexFacts = { dated: false, opened: false, bound: false, ended: true };
const ALL: IndexFacts = { dated: true, opened: true, bound: true, ended: true };

/** All keys of a list, page by page. */
async function walk(page: (cursor: string | undefined) => Promise<IndexedCallPage>): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const { calls, ...next } = await page(cursor);
    found.push(...calls.map(({ callKey }) => callKey));
    ({ cursor } = next);
  } while (cursor !== undefined);
  return found;
}

describe('CallIndex', () => {
  describe('merge', () => {
    it('ends in the same rows in whatever order, and however often, facts are merged', async () => {
      const head = headOf('c1', atSecond(0));
      const rowsOf = async (merges: readonly IndexFacts[]) => {
        const table = new MemoryTable();
        const index = new CallIndex(table);
        for (const facts of merges) await index.merge(head, facts);
        const { rows } = await table.list({ partition: { from: '', to: '~' } });
        return rows.map(({ partitionKey, rowKey, values }) => ({ partitionKey, rowKey, values }));
      };
      const expected = await rowsOf([OPENED, BOUND, ENDED]);
      expect(expected).toHaveLength(3);

      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(OPENED, BOUND, ENDED)), async more => {
          expect(await rowsOf([...more, ENDED, OPENED, BOUND])).toEqual(expected);
          expect(await rowsOf([BOUND, ENDED, OPENED, ...more])).toEqual(expected);
        }),
        { numRuns: 30 },
      );
    });

    it('writes nothing when there are no facts', async () => {
      const table = new MemoryTable();

      await new CallIndex(table).merge(headOf('c1', atSecond(0)), {
        dated: false,
        opened: false,
        bound: false,
        ended: false,
      });

      expect((await table.list({ partition: { from: '', to: '~' } })).rows).toEqual([]);
    });
  });

  describe('byTime', () => {
    const days = ['2021-05-04', '2021-05-05', '2021-05-06', '2022-01-01'];
    const calls = days.flatMap((day, index) => [
      { callKey: `c-${index}-early`, at: timeOf(`${day}T00:00:00Z`) },
      { callKey: `c-${index}-late`, at: timeOf(`${day}T23:59:59.9999999Z`) },
    ]);

    async function indexOfAll(): Promise<CallIndex> {
      const index = new CallIndex(new MemoryTable());
      for (const { callKey, at } of calls) await index.merge(headOf(callKey, at), ALL);
      return index;
    }

    it.each([1, 2, 3, 7, 8, 100])('lists every call once, newest first, in pages of %i', async limit => {
      const index = await indexOfAll();

      const found = await walk(cursor => index.byTime({ limit, cursor }));

      expect(found).toEqual(calls.map(({ callKey }) => callKey).toReversed());
    });

    it.each([
      {
        name: 'from a day on',
        from: '2021-05-06T12:00:00Z',
        to: undefined,
        expected: ['c-3-late', 'c-3-early', 'c-2-late', 'c-2-early'],
      },
      {
        name: 'up to a day',
        from: undefined,
        to: '2021-05-04T00:00:00Z',
        expected: ['c-0-late', 'c-0-early'],
      },
      {
        name: 'of one day',
        from: '2021-05-05T00:00:00Z',
        to: '2021-05-05T23:59:59Z',
        expected: ['c-1-late', 'c-1-early'],
      },
      { name: 'of none', from: '2021-05-06T00:00:00Z', to: '2021-05-05T00:00:00Z', expected: [] },
      {
        name: 'of a day without calls',
        from: '2021-06-01T00:00:00Z',
        to: '2021-06-02T00:00:00Z',
        expected: [],
      },
    ])('lists whole days $name', async ({ from, to, expected }) => {
      const index = await indexOfAll();
      const range = {
        from: from === undefined ? undefined : timeOf(from),
        to: to === undefined ? undefined : timeOf(to),
      };

      expect(await walk(cursor => index.byTime({ ...range, limit: 2, cursor }))).toEqual(expected);
    });
  });

  describe('open', () => {
    it('lists calls that have not ended, in pages', async () => {
      const index = new CallIndex(new MemoryTable());
      for (const callKey of ['c1', 'c2', 'c3', 'c4', 'c5'])
        await index.merge(headOf(callKey, atSecond(0)), OPENED);
      for (const callKey of ['c1', 'c2', 'c4']) await index.merge(headOf(callKey, atSecond(0)), ENDED);

      for (const limit of [1, 2, 3, 10])
        expect(await walk(cursor => index.open({ limit, cursor }))).toEqual(['c3', 'c5']);
    });

    it('does not list a call whose end was merged before its start', async () => {
      const index = new CallIndex(new MemoryTable());
      await index.merge(headOf('c1', atSecond(0)), ENDED);
      await index.merge(headOf('c1', atSecond(0)), OPENED);

      expect(await index.open({ limit: 10 })).toEqual({ calls: [] });
    });
  });

  describe('callKeyFor', () => {
    it('finds our calls by their wire id, whatever characters it holds', async () => {
      const index = new CallIndex(new MemoryTable());
      const wireIds = ['leg-1', 'a/b?c#d\\e', 'x'.repeat(256), '💡'];
      for (const [number, wireId] of wireIds.entries())
        await index.merge(headOf(`c${number}`, atSecond(0), wireId), BOUND);

      expect(await Promise.all(wireIds.map(wireId => index.callKeyFor(wireId)))).toEqual([
        'c0',
        'c1',
        'c2',
        'c3',
      ]);
      expect(await index.callKeyFor('leg-2')).toBeUndefined();
    });

    it('needs no row for a call whose key tells its wire id', async () => {
      const index = new CallIndex(new MemoryTable());
      await index.merge(headOf(callKeyOf('leg-1'), atSecond(0), 'leg-1'), ALL);

      expect(await index.callKeyFor('leg-1')).toBeUndefined();
    });

    it('knows no alias of a call without a wire id', async () => {
      const index = new CallIndex(new MemoryTable());

      await index.merge(headOf('c1', atSecond(0), null), ALL);

      expect(await index.callKeyFor('')).toBeUndefined();
    });
  });

  describe('callKeyOfServerCall', () => {
    const legOf = (callKey: string, dialect: DialectName): CallHead => {
      const head = headOf(callKey, atSecond(0));
      const conversation = { id: 'server-call', at: atSecond(0) };
      return { ...head, call: { ...head.call, dialect, conversation } };
    };

    it('finds the first of the legs, in whatever order they came', async () => {
      for (const keys of [
        ['c1', 'c2', 'x3'],
        ['x3', 'c2', 'c1'],
      ]) {
        const index = new CallIndex(new MemoryTable());
        for (const key of keys) await index.merge(legOf(key, 'ga'), BOUND);

        expect(await index.callKeyOfServerCall('server-call')).toBe('c1');
        expect(await index.callKeyOfServerCall('another')).toBeUndefined();
      }
    });

    it.each([
      ['a call of a preview, on which Event Grid did not report', legOf('c1', 'preview-2021-08')],
      ['a call whose key tells its server call', legOf(callKeyOf('server-call'), 'event-grid')],
      ['a call that names none', { ...headOf('c1', atSecond(0)) }],
    ])('needs no row for %s', async (_, head) => {
      const index = new CallIndex(new MemoryTable());
      await index.merge(head, ALL);

      expect(await index.callKeyOfServerCall('server-call')).toBeUndefined();
    });
  });
});

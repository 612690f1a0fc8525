import { beforeEach, describe, expect, it } from 'vitest';
import { linePartition } from '../../../shared/store/keys.ts';
import { Lines, type LineUser } from '../../../shared/store/lines.ts';
import type { Table } from '../../../shared/store/table.ts';
import { atSecond } from '../call-events.ts';
import { crashAt, Faults, type PortRequest } from '../faults.ts';
import { FaultyTable } from '../faulty-table.ts';

const NUMBER = '4:+18335550100';
const PARTITION = linePartition(NUMBER);
const NOW = atSecond(100);

/** A call that was asked for in that second. */
function user(second: number, callKey = `c${second}`): LineUser {
  return { number: NUMBER, callKey, since: atSecond(second) };
}

/** What {@link Lines} promises on any table. */
export function linesConformance(makeTable: () => Table): void {
  let table: Table;
  let lines: Lines;
  beforeEach(() => {
    table = makeTable();
    lines = new Lines(table, { perNumber: 2 });
  });

  async function stored() {
    const { rows } = await table.list({ partition: PARTITION });
    const callKeys = (prefix: string) =>
      rows.filter(({ rowKey }) => rowKey.startsWith(prefix)).map(({ values }) => String(values['callKey']));
    return { held: callKeys('s~').filter(callKey => callKey !== ''), waiting: callKeys('w~') };
  }

  /** Takes a line or waits for one, as a call does that is to go out. */
  async function ask(by: LineUser, from = lines): Promise<boolean> {
    return (await from.take(by, NOW)) || (await from.wait(by, NOW));
  }

  it('gives as many calls a line as a number has, and the others wait in the order in which they came', async () => {
    const asked = [await ask(user(1)), await ask(user(2)), await ask(user(4)), await ask(user(3))];

    expect(asked).toEqual([true, true, false, false]);
    expect(await stored()).toEqual({ held: ['c1', 'c2'], waiting: ['c3', 'c4'] });
  });

  it('gives a call one line and one place, however often it asks', async () => {
    for (const _ of [1, 2, 3]) {
      expect(await ask(user(1))).toBe(true);
      await ask(user(2));
      expect(await ask(user(3))).toBe(false);
    }

    expect(await stored()).toEqual({ held: ['c1', 'c2'], waiting: ['c3'] });
  });

  it('keeps the numbers apart', async () => {
    await ask(user(1));
    await ask(user(2));

    expect(await lines.take({ ...user(3), number: '4:+18335550101' }, NOW)).toBe(true);
  });

  it('hands a line that is freed to who waits longest, who is on it from then on', async () => {
    for (const second of [1, 2, 3, 4]) await ask(user(second));

    expect(await lines.release(user(1), NOW)).toEqual(['c3']);

    expect(await lines.take(user(3), NOW)).toBe(true);
    expect(await lines.take(user(4), NOW)).toBe(false);
    expect(await stored()).toMatchObject({ waiting: ['c4'] });
  });

  it('puts a call on a line that was freed before it began to wait', async () => {
    for (const second of [1, 2]) await ask(user(second));
    expect(await lines.take(user(3), NOW)).toBe(false);
    expect(await lines.release(user(1), NOW)).toEqual([]);

    expect(await lines.wait(user(3), NOW)).toBe(true);
    expect(await stored()).toEqual({ held: ['c3', 'c2'], waiting: [] });
  });

  it('lets nobody overtake who waits, even where a line is free', async () => {
    for (const second of [1, 2, 3]) await ask(user(second));
    const [slot] = (await lines.page({ limit: 10, cursor: undefined })).slots;
    if (slot !== undefined) await lines.free(slot);

    expect(await ask(user(4))).toBe(false);
    expect(await ask(user(3))).toBe(true);
    expect(await stored()).toMatchObject({ waiting: ['c4'] });
  });

  it('lets a call go that waits, and one that is on no line, and again', async () => {
    for (const second of [1, 2, 3, 4]) await ask(user(second));

    for (const _ of [1, 2]) expect(await lines.release(user(3), NOW)).toEqual([]);
    for (const _ of [1, 2]) expect(await lines.release(user(9), NOW)).toEqual([]);

    expect(await stored()).toEqual({ held: ['c1', 'c2'], waiting: ['c4'] });
  });

  it('frees the line that a call is handed while it stops waiting', async () => {
    for (const second of [1, 2, 3, 4]) await ask(user(second));
    let wasHanded = false;
    const gate = async ({ operation }: PortRequest, moment: string) => {
      if (operation !== 'commit' || moment !== 'before' || wasHanded) return;
      wasHanded = true;
      expect(await lines.release(user(1), NOW)).toEqual(['c3']);
    };
    const slow = new Lines(new FaultyTable(table, { faults: new Faults({ gate }), port: 'lines' }), {
      perNumber: 2,
    });

    expect(await slow.release(user(3), NOW)).toEqual(['c4']);

    expect(await stored()).toEqual({ held: ['c4', 'c2'], waiting: [] });
  });

  it('frees no line that changed hands', async () => {
    for (const second of [1, 2, 3]) await ask(user(second));
    const [slot] = (await lines.page({ limit: 10, cursor: undefined })).slots;
    await lines.release(user(1), NOW);

    if (slot !== undefined) await lines.free(slot);

    expect((await stored()).held).toEqual(expect.arrayContaining(['c2', 'c3']));
  });

  it('passes over calls that want no line any more', async () => {
    for (const second of [1, 2, 3, 4, 5]) await ask(user(second));
    const isAlive = async (callKey: string) => callKey === 'c5';
    const [slot] = (await lines.page({ limit: 10, cursor: undefined })).slots;
    if (slot !== undefined) await lines.free(slot);

    expect(await lines.handOver(PARTITION, NOW, isAlive)).toEqual(['c5']);
    expect(await stored()).toMatchObject({ waiting: [] });
  });

  it('gives more lines when there may be more, and none when there may be fewer', async () => {
    for (const second of [1, 2, 3]) await ask(user(second));
    const [more, fewer] = [new Lines(table, { perNumber: 3 }), new Lines(table, { perNumber: 1 })];

    expect(await more.handOver(PARTITION, NOW)).toEqual(['c3']);
    await ask(user(4));
    expect(await fewer.release(user(1), NOW)).toEqual([]);
    expect(await fewer.release(user(2), NOW)).toEqual([]);
    expect(await fewer.release(user(3), NOW)).toEqual(['c4']);
  });

  it('tells of lines and of where calls wait, page by page', async () => {
    for (const second of [1, 2, 3]) await ask(user(second));
    await ask({ ...user(4), number: '4:+18335550101' });

    const held: (string | undefined)[] = [];
    const waitedFor = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await lines.page({ limit: 2, cursor });
      held.push(...page.slots.map(({ callKey }) => callKey));
      for (const partition of page.waitedFor) waitedFor.add(partition);
      cursor = page.cursor;
    } while (cursor !== undefined);

    expect(held.toSorted()).toEqual(['c1', 'c2', 'c4']);
    expect([...waitedFor]).toEqual([PARTITION]);
  });

  it('never has more calls out than lines, and forgets none, when 20 race', async () => {
    let out = 0;
    let most = 0;
    const served = new Set<string>();
    const telling: Promise<void>[] = [];
    async function go(by: LineUser): Promise<void> {
      if (served.has(by.callKey)) return;
      served.add(by.callKey);
      most = Math.max(most, ++out);
      await new Promise(resolve => setTimeout(resolve, 1));
      out -= 1;
      for (const callKey of await lines.release(by, NOW)) telling.push(go(user(Number(callKey.slice(1)))));
    }

    await Promise.all(
      Array.from({ length: 20 }, async (_, second) => {
        const by = user(second);
        // Others kept being first: whoever asked would ask again.
        for (let isDone = false; !isDone; )
          isDone = await ask(by).then(
            async hasLine => {
              if (hasLine) await go(by);
              return true;
            },
            () => false,
          );
      }),
    );
    for (let told = 0; told < telling.length; told++) await telling[told];

    expect(served.size).toBe(20);
    expect(most).toBe(2);
    expect(await stored()).toEqual({ held: [], waiting: [] });
  });

  describe('when a process dies', () => {
    /** Does something with a process that dies at one of its requests; false when it did not come that far. */
    async function dying(
      number: number,
      when: 'before' | 'after',
      work: (lines: Lines) => Promise<unknown>,
    ): Promise<boolean> {
      const faults = new Faults({ plan: crashAt(number, when) });
      const faulty = new Lines(new FaultyTable(table, { faults, port: 'lines' }), { perNumber: 2 });
      await work(faulty).catch(() => undefined);
      return faults.requests.length >= number;
    }

    async function eachDeath({
      prepare,
      work,
      expectTidy,
    }: {
      readonly prepare: () => Promise<unknown>;
      readonly work: (lines: Lines) => Promise<unknown>;
      readonly expectTidy: () => Promise<void>;
    }) {
      for (const when of ['before', 'after'] as const) {
        for (let number = 1; ; number++) {
          table = makeTable();
          lines = new Lines(table, { perNumber: 2 });
          await prepare();
          const didDie = await dying(number, when, work);
          const { held, waiting } = await stored();
          expect(held.length).toBeLessThanOrEqual(2);
          expect(new Set(held).size).toBe(held.length);
          expect(held.filter(callKey => waiting.includes(callKey))).toEqual([]);
          // Whoever comes next finds everything as if nobody had died.
          await work(lines);
          await lines.handOver(PARTITION, NOW);
          if (!didDie) break;
          await expectTidy();
        }
      }
    }

    it('while it takes a line, the call has it when it asks again', () =>
      eachDeath({
        prepare: () => ask(user(1)),
        work: from => ask(user(3), from),
        expectTidy: async () => expect(await stored()).toEqual({ held: ['c1', 'c3'], waiting: [] }),
      }));

    it('while it begins to wait, the call waits when it asks again', () =>
      eachDeath({
        async prepare() {
          await ask(user(1));
          await ask(user(2));
        },
        work: from => ask(user(3), from),
        expectTidy: async () => expect(await stored()).toEqual({ held: ['c1', 'c2'], waiting: ['c3'] }),
      }));

    it('while it frees a line, the next is on it soon', () =>
      eachDeath({
        async prepare() {
          for (const second of [1, 2, 3, 4]) await ask(user(second));
        },
        work: from => from.release(user(1), NOW),
        async expectTidy() {
          const { held, waiting } = await stored();
          expect(held.toSorted()).toEqual(['c2', 'c3']);
          expect(waiting).toEqual(['c4']);
        },
      }));
  });
}

import { describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../../shared/clock.ts';
import { flowLookup } from '../../../shared/flows/flow-lookup.ts';
import { CallEventsProcessor } from '../../../shared/processing/call-events-processor.ts';
import { purge } from '../../../shared/processing/purge.ts';
import { nineElements, textOf } from '../../support/call-elements.ts';
import { crashAt, Faults } from '../../support/faults.ts';
import { testFlow } from '../../support/test-flow.ts';
import {
  allRows,
  CONNECTED,
  DAY_MS,
  DISCONNECTED,
  MINUTE_MS,
  rosterWith,
  SETTINGS,
  UpkeepWorld,
} from '../../support/upkeep-world.ts';

async function endedCall(world: UpkeepWorld, callKey: string): Promise<void> {
  await world.tell(callKey, CONNECTED);
  await world.tell(callKey, rosterWith('8:acs:ann', '8:acs:ben'));
  await world.tell(callKey, DISCONNECTED);
}

/** Two calls that are too old, one of them with more rows than a transaction takes, and one that is not. */
async function agedWorld(): Promise<UpkeepWorld> {
  const world = new UpkeepWorld();
  await endedCall(world, 'c1');
  const names = Array.from({ length: 120 }, (_, index) => `8:acs:user-${index}`);
  await world.tell('c2', rosterWith(...names));
  await world.tell('c2', DISCONNECTED);
  world.clock.nowMs += 2 * DAY_MS;
  await endedCall(world, 'c3');
  world.clock.nowMs += 89 * DAY_MS;
  return world;
}

async function callRows(world: UpkeepWorld): Promise<string[][]> {
  const rows = await allRows(world.tables.calls);
  return rows.filter(({ partitionKey }) => partitionKey !== 'c3').map(row => [row.partitionKey, row.rowKey]);
}

const TOMBSTONES = [
  ['c1', '!'],
  ['c2', '!'],
];

async function indexKeys(world: UpkeepWorld): Promise<string[]> {
  const rows = await allRows(world.tables.index);
  return rows
    .filter(({ partitionKey }) => partitionKey !== 'sweep')
    .map(({ values }) => String(values['callKey']));
}

describe('purge', () => {
  it('leaves of calls that are too old a tombstone, and nothing in the index', async () => {
    const world = await agedWorld();
    const kept = (await allRows(world.tables.calls)).filter(({ partitionKey }) => partitionKey === 'c3');
    const ports = world.start();

    await purge(ports);

    expect(await callRows(world)).toEqual(TOMBSTONES);
    expect((await world.tables.calls.get('c1', '!'))?.values).toEqual({ v: 1, erasedAt: world.now });
    expect(new Set(await indexKeys(world))).toEqual(new Set(['c3']));
    const rest = (await allRows(world.tables.calls)).filter(({ partitionKey }) => partitionKey === 'c3');
    expect(rest).toEqual(kept);
    expect(ports.logged).toMatchObject([
      { name: 'purged', fields: { calls: 2, failed: 0, end: 'finished' } },
    ]);
  });

  it('takes the alias of a server call away, and leaves it to other legs', async () => {
    const world = new UpkeepWorld();
    await world.tell('c1', CONNECTED, { dialect: 'ga' });
    await world.tell('c1', DISCONNECTED, { dialect: 'ga' });
    world.clock.nowMs += 91 * DAY_MS;
    await world.tell('c2', CONNECTED, { dialect: 'ga' });
    const ports = world.start();
    expect(await ports.index.callKeyOfServerCall('conversation')).toBe('c1');

    await purge(ports);

    expect(await ports.index.callKeyOfServerCall('conversation')).toBe('c2');
    expect(new Set(await indexKeys(world))).toEqual(new Set(['c2']));
  });

  it('takes eight requests for a call of a usual size', async () => {
    const world = new UpkeepWorld();
    await endedCall(world, 'c1');
    world.clock.nowMs += 91 * DAY_MS;
    const ports = world.start();

    await purge(ports);

    expect(ports.faults.count(({ port }) => port === 'calls')).toBe(4);
    const atIndex = ({ port, partitionKey }: { port: string; partitionKey?: string }) =>
      port === 'index' && partitionKey !== undefined && partitionKey !== 'sweep';
    expect(ports.faults.count(atIndex)).toBe(4);
  });

  it('keeps a call that is open, or that something was heard of since', async () => {
    const world = new UpkeepWorld();
    await world.tell('c1', CONNECTED);
    await endedCall(world, 'c2');
    world.clock.nowMs += 91 * DAY_MS;
    await world.tell('c2', { type: 'call.note', note: 'late', conversationId: null });

    await purge(world.start());

    expect(await world.head('c1')).toBeDefined();
    expect(await world.head('c2')).toBeDefined();
  });

  it('keeps a call that has still to be dialled again, until it was', async () => {
    const world = new UpkeepWorld();
    world.flows = flowLookup([testFlow]);
    const action = { kind: 'placeCall', arguments: { to: ['4:+14255550142'] } } as const;
    const { name, version, example: input } = testFlow;
    const requested = {
      type: 'call.requested',
      actionId: 'place',
      action,
      flow: { name, version, input },
    } as const;
    await world.start().worker.record('c1', { events: [world.event(requested, { wireId: null })] });
    await world.tell('c1', DISCONNECTED);
    world.clock.nowMs += MINUTE_MS / 2;
    await world.start().worker.visit('c1');
    // The end is recorded and long ago; nobody came to dial again.
    world.clock.nowMs += 91 * DAY_MS;
    await purge(world.start());
    expect((await world.head('c1'))?.call.actions.at(-1)).toMatchObject({
      kind: 'dialAgain',
      state: 'planned',
    });

    await world.start().worker.visit('c1');
    expect(world.acs.sent.map(({ kind }) => kind)).toEqual(['placeCall', 'placeCall']);
    world.clock.nowMs += 91 * DAY_MS;
    await purge(world.start());

    expect(await world.head('c1')).toBeUndefined();
  });

  it('keeps everything when it is told to', async () => {
    const world = await agedWorld();
    const ports = world.start(new Faults(), { ...SETTINGS, retentionDays: 0 });

    await purge(ports);

    expect(ports.faults.requests).toEqual([]);
  });

  it.each([
    { name: 'far ahead', days: 10_000, keptDays: 91 },
    { name: 'a little ahead', days: 60, keptDays: 151 },
  ])(
    'erases a call whose events bear a time $name, in twice the time at most',
    async ({ days, keptDays }) => {
      const world = new UpkeepWorld();
      const at = eventTimeOf(world.clock.nowMs + days * DAY_MS);
      const events = [CONNECTED, DISCONNECTED].map(payload => world.event(payload, { wireId: 'leg-c1', at }));
      await world.start().worker.record('c1', { events });
      world.clock.nowMs += 89 * DAY_MS;
      await purge(world.start());
      expect(await world.head('c1')).toBeDefined();

      world.clock.nowMs += (keptDays - 89) * DAY_MS;
      await purge(world.start());

      expect(await callRows(world)).toEqual([['c1', '!']]);
      expect(await indexKeys(world)).toEqual([]);
    },
  );

  it('takes away the place at a time ahead that an earlier event has made void', async () => {
    const world = new UpkeepWorld();
    const ahead = world.event(CONNECTED, {
      wireId: 'leg-c1',
      at: eventTimeOf(world.clock.nowMs + 10_000 * DAY_MS),
    });
    await world.start().worker.record('c1', { events: [ahead] });
    await world.tell('c1', DISCONNECTED);
    const place = async () =>
      (await world.start().upkeep.dayRows({ behind: world.now }, { limit: 10 })).rows.map(
        ({ callKey }) => callKey,
      );
    expect(await place()).toEqual(['c1']);

    await purge(world.start());

    expect(await place()).toEqual([]);
    expect(await world.head('c1')).toBeDefined();
  });

  it('drops parked things that are as old', async () => {
    const world = new UpkeepWorld();
    const park = (text: string) => world.start().parked.park(world.parkedThing({ text }));
    for (let thing = 0; thing < 120; thing++) await park(`old ${thing}`);
    world.clock.nowMs += 2 * DAY_MS;
    await park('new');
    world.clock.nowMs += 89 * DAY_MS;
    const ports = world.start();

    await purge(ports);

    expect((await ports.parked.list({ limit: 1_000 })).items.map(({ text }) => text)).toEqual(['new']);
    expect(ports.logged[0]?.fields).toMatchObject({ parked: 120 });
  });

  it('starts again on a call that changes while it is erased', async () => {
    const world = new UpkeepWorld();
    await endedCall(world, 'c1');
    world.clock.nowMs += 91 * DAY_MS;
    const late = world.event({ type: 'call.note', note: 'late', conversationId: null }, { wireId: 'leg-c1' });
    let isFirst = true;
    const gate = async ({ port, operation }: { port: string; operation: string }, when: string) => {
      if (!isFirst || port !== 'calls' || operation !== 'list' || when !== 'after') return;
      isFirst = false;
      await world.start().worker.record('c1', { events: [late] });
    };

    await purge(world.start(new Faults({ gate })));

    expect(isFirst).toBe(false);
    expect((await allRows(world.tables.calls)).map(({ rowKey }) => rowKey)).toEqual(['!']);
    expect(await world.head('c1')).toBeUndefined();
  });

  it('ends right whatever request it dies at', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let number = 1; ; number++) {
        const world = await agedWorld();
        const faults = new Faults({ plan: crashAt(number, when) });
        await purge(world.start(faults)).catch(() => undefined);
        const hasDied = faults.requests.length >= number;

        world.clock.nowMs += 2 * MINUTE_MS;
        await purge(world.start());

        expect(await callRows(world), `died ${when} request ${number}`).toEqual(TOMBSTONES);
        expect(new Set(await indexKeys(world)), `died ${when} request ${number}`).toEqual(new Set(['c3']));
        if (!hasDied) break;
      }
    }
  });

  it('drops what comes of an erased call, and does not bring it back', async () => {
    const world = await agedWorld();
    const remembers = world.start();
    await remembers.worker.record('c1', {
      events: [world.event(DISCONNECTED, { wireId: 'leg-c1', at: eventTimeOf(0) })],
    });
    world.clock.nowMs += 91 * DAY_MS;
    await purge(world.start());
    const late = [
      world.event(CONNECTED, { wireId: 'leg-c1' }),
      world.event(DISCONNECTED, { wireId: 'leg-c1' }),
    ];

    for (const ports of [remembers, world.start()]) {
      const committed = await ports.worker.record('c1', { events: late });
      expect(committed).toMatchObject({ head: undefined, events: 2, dropped: 2, duplicates: 0, foreign: [] });
      await ports.worker.visit('c1');
    }

    expect(await world.head('c1')).toBeUndefined();
    expect(await callRows(world)).toEqual(TOMBSTONES);
    expect(await indexKeys(world)).not.toContain('c1');
  });

  it('lets the processor of events say that it dropped them, and park nothing', async () => {
    const world = await agedWorld();
    await purge(world.start());
    const ports = world.start();
    const processor = new CallEventsProcessor({ ...ports, random: () => 0 });

    await processor.process(textOf('c1', nineElements()), world.now);

    expect(ports.logged).toMatchObject([{ name: 'eventsDropped', fields: { callKey: 'c1', events: 9 } }]);
    expect(await allRows(world.tables.parked)).toEqual([]);
  });
});

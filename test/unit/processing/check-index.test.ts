import { describe, expect, it } from 'vitest';
import { requestedActionId } from '../../../shared/ids/requested-action-id.ts';
import { checkIndex } from '../../../shared/processing/check-index.ts';
import { dayKeys } from '../../../shared/store/keys.ts';
import { crashAt, Faults } from '../../support/faults.ts';
import {
  allRows,
  CONNECTED,
  CONNECTING,
  DAY_MS,
  DISCONNECTED,
  HOUR_MS,
  UpkeepWorld,
} from '../../support/upkeep-world.ts';

/** A few calls, open and ended, an hour after the last was heard of. */
async function worldOfCalls(): Promise<UpkeepWorld> {
  const world = new UpkeepWorld();
  await world.tell('c1', CONNECTED);
  await world.tell('c2', CONNECTING);
  await world.tell('c2', DISCONNECTED);
  await world.tell('x3', CONNECTED);
  world.clock.nowMs += HOUR_MS;
  return world;
}

/** What the index says, without its ETags. */
async function indexRows(world: UpkeepWorld) {
  const rows = await allRows(world.tables.index);
  return rows
    .filter(({ partitionKey }) => partitionKey !== 'sweep')
    .map(({ partitionKey, rowKey, values }) => [partitionKey, rowKey, values]);
}

/** The keys of all rows but the marks of ended calls, which nobody needs. */
async function neededRows(world: UpkeepWorld): Promise<string[]> {
  const rows = await allRows(world.tables.index);
  return rows
    .filter(({ partitionKey, values }) => partitionKey !== 'sweep' && values['ended'] !== true)
    .map(({ partitionKey, rowKey }) => `${partitionKey}/${rowKey}`);
}

async function dropIndex(world: UpkeepWorld): Promise<void> {
  for (const { partitionKey, rowKey } of await allRows(world.tables.index)) {
    await world.tables.index.commit(partitionKey, [{ kind: 'delete', rowKey }]);
  }
}

describe('checkIndex', () => {
  it('writes nothing when the index agrees with the calls', async () => {
    const world = await worldOfCalls();
    const before = await indexRows(world);
    const ports = world.start();

    await checkIndex(ports);

    expect(await indexRows(world)).toEqual(before);
    expect(ports.logged).toMatchObject([
      { name: 'indexChecked', fields: { calls: 3, day: 0, open: 0, alias: 0, failed: 0, end: 'finished' } },
    ]);
    const written = ports.faults.requests.filter(({ operation }) => operation === 'commit');
    expect(new Set(written.map(({ partitionKey }) => partitionKey))).toEqual(new Set(['sweep']));
  });

  it('makes the whole index again from the calls', async () => {
    const world = await worldOfCalls();
    const before = (await indexRows(world)).map(([partition, row]) => [partition, row]);
    await dropIndex(world);
    const ports = world.start();

    await checkIndex(ports);

    // Only the sweep missed the mark of the ended one, which it would have taken away.
    const withoutMark = before.filter(([partition, row]) => !(partition === 'open' && row === 'c2'));
    expect((await indexRows(world)).map(([partition, row]) => [partition, row])).toEqual(withoutMark);
    expect(ports.logged[0]?.fields).toMatchObject({ calls: 3, day: 3, open: 2, alias: 3 });
  });

  it('makes the aliases of a server call again', async () => {
    const world = new UpkeepWorld();
    await world.tell('c1', CONNECTED, { dialect: 'ga' });
    await world.tell('c2', CONNECTED, { dialect: 'ga' });
    world.clock.nowMs += HOUR_MS;
    const before = await indexRows(world);
    await checkIndex(world.start());
    expect(await indexRows(world)).toEqual(before);
    await dropIndex(world);
    const ports = world.start();

    await checkIndex(ports);

    expect(await indexRows(world)).toEqual(before);
    expect(ports.logged[0]?.fields).toMatchObject({ calls: 2, alias: 2 });
    expect(await ports.index.callKeyOfServerCall('conversation')).toBe('c1');
  });

  it('lets nobody find an action on a conversation by the call that ACS tells of', async () => {
    const world = new UpkeepWorld();
    const action = { kind: 'addToConversation', arguments: { conversationId: 'conversation-1' } } as const;
    const added = { type: 'action.requested', actionId: requestedActionId('c1'), action } as const;
    await world.start().worker.record('c1', { events: [world.event(added, { wireId: null })] });
    await world.tell('c1', CONNECTED, { dialect: 'ga' });
    await world.tell('c1', CONNECTED, { dialect: 'ga' });
    world.clock.nowMs += HOUR_MS;

    const ports = world.start();
    await checkIndex(ports);

    expect(await ports.index.callKeyFor('leg-c1')).toBeUndefined();
    expect(ports.logged[0]?.fields).toMatchObject({ calls: 1, alias: 0 });
  });

  it('merges a row by day that names another call', async () => {
    const world = await worldOfCalls();
    const head = await world.head('c1');
    const { partitionKey, rowKey } = dayKeys('c1', head?.call.createdAt ?? world.now);
    await world.tables.index.commit(partitionKey, [{ kind: 'upsert', rowKey, values: { callKey: 'c9' } }]);

    await checkIndex(world.start());

    expect((await world.tables.index.get(partitionKey, rowKey))?.values['callKey']).toBe('c1');
  });

  it('leaves calls alone that something was heard of a moment ago', async () => {
    const world = await worldOfCalls();
    await world.tell('c1', DISCONNECTED);
    await dropIndex(world);
    const ports = world.start();

    await checkIndex(ports);

    expect(ports.logged[0]?.fields).toMatchObject({ calls: 2 });
  });

  it('takes tombstones away that stood for the time of retention', async () => {
    const world = await worldOfCalls();
    await world.start().partitions.erase('c1', world.now);
    world.clock.nowMs += 90 * DAY_MS;
    await checkIndex(world.start());
    expect(await world.tables.calls.get('c1', '!')).toBeDefined();

    world.clock.nowMs += 1_000;
    await checkIndex(world.start());

    expect(await world.tables.calls.get('c1', '!')).toBeUndefined();
    expect(await world.tables.calls.get('c2', '!')).toBeDefined();
  });

  it('goes on with the others when one call is damaged', async () => {
    const world = await worldOfCalls();
    await dropIndex(world);
    await world.tables.calls.commit('c1', [{ kind: 'upsert', rowKey: '!', values: { v: 1, d: 'damaged' } }]);
    const ports = world.start();

    await checkIndex(ports);

    expect(ports.logged.at(-1)?.fields).toMatchObject({ calls: 2, day: 2, failed: 1 });
  });

  it('ends right whatever request it dies at', async () => {
    const whole = await worldOfCalls();
    const expected = await neededRows(whole);
    for (const when of ['before', 'after'] as const) {
      for (let number = 1; ; number++) {
        const world = await worldOfCalls();
        await dropIndex(world);
        const faults = new Faults({ plan: crashAt(number, when) });
        await checkIndex(world.start(faults)).catch(() => undefined);
        const hasDied = faults.requests.length >= number;

        world.clock.nowMs += DAY_MS;
        await checkIndex(world.start());
        await checkIndex(world.start());

        expect(await neededRows(world), `died ${when} request ${number}`).toEqual(expected);
        if (!hasDied) break;
      }
    }
  });
});

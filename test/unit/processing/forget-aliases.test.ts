import { describe, expect, it } from 'vitest';
import { addMilliseconds } from '../../../shared/clock.ts';
import { forgetAliases } from '../../../shared/processing/forget-aliases.ts';
import { crashAt, Faults, failWhere } from '../../support/faults.ts';
import {
  allRows,
  CONNECTED,
  CONNECTING,
  DISCONNECTED,
  HOUR_MS,
  MINUTE_MS,
  UpkeepWorld,
} from '../../support/upkeep-world.ts';

const ALL = { dated: true, opened: true, bound: true, ended: true };

/** Two calls with both kinds of aliases; of the first somebody merges the index once more when it is erased. */
async function worldWithStrays(): Promise<UpkeepWorld> {
  const world = new UpkeepWorld();
  for (const callKey of ['c1', 'c2']) {
    await world.tell(callKey, CONNECTED, { dialect: 'ga' });
    await world.tell(callKey, DISCONNECTED, { dialect: 'ga' });
  }
  const head = await world.head('c1');
  const ports = world.start();
  await ports.partitions.erase('c1', world.now);
  if (head !== undefined) await ports.index.merge(head, ALL);
  return world;
}

/** The calls that aliases lead to. */
async function aliases(world: UpkeepWorld): Promise<string[]> {
  const rows = await allRows(world.tables.index);
  return rows
    .filter(({ partitionKey }) => /^[av]~/.test(partitionKey))
    .map(({ partitionKey, values }) => `${partitionKey.slice(0, 2)} ${values['callKey']}`);
}

describe('forgetAliases', () => {
  it('takes aliases away that were merged after their call was erased, and no other', async () => {
    const world = await worldWithStrays();
    expect(await aliases(world)).toEqual(expect.arrayContaining(['a~ c1', 'a~ c2', 'v~ c1', 'v~ c2']));
    const ports = world.start();

    await forgetAliases(ports);

    expect(await aliases(world)).toEqual(['a~ c2', 'v~ c2']);
    expect(ports.logged).toMatchObject([{ name: 'aliasesForgotten', fields: { aliases: 2 } }]);
  });

  it('takes the alias of a server call away that the head of the erased call did not name any more', async () => {
    const world = new UpkeepWorld();
    const early = addMilliseconds(world.now, -MINUTE_MS);
    await world.tell('c1', CONNECTED, { dialect: 'ga' });
    const first = { ...CONNECTING, conversationId: 'the first one' };
    await world.start().worker.record('c1', {
      events: [world.event(first, { wireId: 'leg-c1', dialect: 'ga', at: early })],
    });
    await world.start().partitions.erase('c1', world.now);
    expect(await aliases(world)).toEqual(['v~ c1']);

    await forgetAliases(world.start());

    expect(await aliases(world)).toEqual([]);
  });

  it('takes aliases away of which the tombstone is gone too', async () => {
    const world = await worldWithStrays();
    await world.start().partitions.forget('c1');

    await forgetAliases(world.start());

    expect(await aliases(world)).toEqual(['a~ c2', 'v~ c2']);
  });

  it('writes nothing, and says nothing, where every alias leads to a call', async () => {
    const world = new UpkeepWorld();
    await world.tell('c1', CONNECTED, { dialect: 'ga' });
    const ports = world.start();

    await forgetAliases(ports);

    const written = ports.faults.requests.filter(({ operation }) => operation === 'commit');
    expect(new Set(written.map(({ partitionKey }) => partitionKey))).toEqual(new Set(['sweep']));
    expect(ports.logged).toEqual([]);
  });

  it('goes on with the others when one cannot be looked at', async () => {
    const world = await worldWithStrays();
    const plan = failWhere(({ partitionKey }) => partitionKey === 'c1', { times: 1 });
    const ports = world.start(new Faults({ plan }));

    await forgetAliases(ports);

    expect(ports.logged[0]).toMatchObject({ name: 'upkeepFailed', fields: { during: 'forgetAliases' } });
    expect((await aliases(world)).toSorted()).toEqual(['a~ c1', 'a~ c2', 'v~ c2']);
  });

  it('ends right whatever request it dies at', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let number = 1; ; number++) {
        const world = await worldWithStrays();
        const faults = new Faults({ plan: crashAt(number, when) });
        await forgetAliases(world.start(faults)).catch(() => undefined);
        const hasDied = faults.requests.length >= number;

        world.clock.nowMs += HOUR_MS;
        await forgetAliases(world.start());

        expect(await aliases(world), `died ${when} request ${number}`).toEqual(['a~ c2', 'v~ c2']);
        if (!hasDied) break;
      }
    }
  });
});

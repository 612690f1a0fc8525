import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';
import { STORAGE_NAMES } from '../../../shared/compose-storage.ts';
import { checkIndex } from '../../../shared/processing/check-index.ts';
import { forgetAliases } from '../../../shared/processing/forget-aliases.ts';
import { purge } from '../../../shared/processing/purge.ts';
import { sweep } from '../../../shared/processing/sweep.ts';
import { AzureTable } from '../../../shared/store/azure-table.ts';
import {
  CONNECTED,
  CONNECTING,
  DAY_MS,
  DISCONNECTED,
  MINUTE_MS,
  rosterWith,
  UpkeepWorld,
} from '../../support/upkeep-world.ts';

function azureTable(tableName: string): AzureTable {
  return new AzureTable({ connectionString: inject('storageConnectionString'), tableName });
}

/** Tables of its own on Azurite, so that walks over all calls meet no others. */
function azuriteWorld(): UpkeepWorld {
  const table = () => azureTable(`t${randomUUID().replaceAll('-', '')}`);
  return new UpkeepWorld({ calls: table(), index: table(), parked: table() });
}

async function rowsOf(world: UpkeepWorld): Promise<string[]> {
  const { rows } = await world.start().partitions.rows({ limit: 1_000 });
  return rows.map(({ partitionKey, rowKey }) => `${partitionKey} ${rowKey}`);
}

describe('sweep', () => {
  it('gives up quiet calls and clears the list of open ones on Azurite', async () => {
    const world = azuriteWorld();
    await world.tell('c1', CONNECTING);
    await world.tell('c2', CONNECTED);
    world.clock.nowMs += 11 * MINUTE_MS;

    await sweep(world.start());
    world.clock.nowMs += MINUTE_MS;
    await sweep(world.start());

    expect((await world.head('c1'))?.call.state).toBe('disconnected');
    const { rows } = await world.start().upkeep.openRows({ limit: 10 });
    expect(rows.map(({ callKey }) => callKey)).toEqual(['c2']);
  });
});

describe('purge', () => {
  it('leaves tombstones, which the check takes away in time, on Azurite', async () => {
    const world = azuriteWorld();
    await world.tell('c1', rosterWith(...Array.from({ length: 250 }, (_, index) => `8:acs:user-${index}`)));
    await world.tell('c1', DISCONNECTED);
    await world.tell('c2', DISCONNECTED);
    world.clock.nowMs += 91 * DAY_MS;

    await purge(world.start());
    await world.tell('c1', CONNECTED);

    expect(await rowsOf(world)).toEqual(['c1 !', 'c2 !']);
    expect(await world.head('c1')).toBeUndefined();
    world.clock.nowMs += 91 * DAY_MS;
    await checkIndex(world.start());
    expect(await rowsOf(world)).toEqual([]);
  });
});

describe('forgetAliases', () => {
  it('takes aliases of both kinds away whose call was erased, on Azurite', async () => {
    const world = azuriteWorld();
    await world.tell('c1', CONNECTED, { dialect: 'ga' });
    await world.tell('c2', CONNECTED, { dialect: 'ga' });
    const head = await world.head('c1');
    const ports = world.start();
    await ports.partitions.erase('c1', world.now);
    const bound = { dated: false, opened: false, bound: true, ended: false };
    if (head !== undefined) await ports.index.merge(head, bound);
    expect(await ports.index.callKeyFor('leg-c1')).toBe('c1');
    expect(await ports.index.callKeyOfServerCall('conversation')).toBe('c1');

    await forgetAliases(ports);

    expect(await ports.index.callKeyFor('leg-c1')).toBeUndefined();
    expect(await ports.index.callKeyOfServerCall('conversation')).toBe('c2');
    expect(await ports.index.callKeyFor('leg-c2')).toBe('c2');
  });
});

describe('npm run erase', () => {
  it('erases in the storage account of the settings, and says how much', async () => {
    const { calls, index, parked } = STORAGE_NAMES.tables;
    const world = new UpkeepWorld({
      calls: azureTable(calls),
      index: azureTable(index),
      parked: azureTable(parked),
    });
    const callKey = `c${randomUUID()}`;
    const number = `+1555${String(Date.now()).slice(-10)}`;
    await world.tell(callKey, rosterWith(`4:${number}`));
    const run = (...options: readonly string[]) =>
      promisify(execFile)(process.execPath, ['scripts/erase.ts', ...options], {
        env: { ...process.env, AzureWebJobsStorage: inject('storageConnectionString') },
      });

    const counted = await run('--number', number, '--dry-run');
    expect(counted.stdout).toContain('Would erase 1 calls and 0 parked things');
    expect(await world.head(callKey)).toBeDefined();
    const erased = await run('--number', number);

    expect(erased.stdout).toContain('Erased 1 calls and 0 parked things');
    expect(await world.head(callKey)).toBeUndefined();
    await expect(run('--number', 'ann')).rejects.toMatchObject({ code: 2 });
  });
});

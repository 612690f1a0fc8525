import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import type { CallStore } from '../../../shared/store/call-store.ts';
import { StorageError } from '../../../shared/store/storage-error.ts';
import { AzureWorld } from '../../support/azure-world.ts';
import { eventsOf, nineElements, rosterOf } from '../../support/call-elements.ts';
import { atSecond } from '../../support/call-events.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';
import { dtmfReceived } from '../../support/preview-2021-04-elements.ts';

const NINE = eventsOf(nineElements());

async function commitUntilDone(calls: CallStore, callKey: string, events: readonly CallEvent[]) {
  for (let tries = 0; tries < 20; tries++) {
    try {
      await calls.commit(callKey, { events });
      return;
    } catch (error) {
      if (!(error instanceof StorageError && error.transient)) throw error;
    }
  }
  throw new Error('It never goes well.');
}

describe('CallStore on Azure Table Storage', () => {
  let world: AzureWorld;
  beforeAll(async () => {
    world = new AzureWorld(inject('storageConnectionString'));
    await world.prepare();
  });

  it('loses nothing when 40 processes each commit one event of a call at once', async () => {
    const tones = Array.from({ length: 31 }, (_, index) => dtmfReceived(index, 'Tone1', atSecond(index)));
    const events = [...NINE, ...eventsOf(tones.map((tone, index) => ({ ...tone, id: `tone-${index}` })))];
    expect(events).toHaveLength(40);

    await Promise.all(events.map(event => commitUntilDone(world.startInstance().calls, 'cForty', [event])));

    await expectRecorded(world.tables, 'cForty', events);
  });

  it('has a row for each of 350 participants, whatever comes in between', async () => {
    const older = eventsOf([rosterOf(350, 4)]);
    const newer = eventsOf([rosterOf(340, 9)]);

    await Promise.all([
      commitUntilDone(world.startInstance().calls, 'cMany', older),
      commitUntilDone(world.startInstance().calls, 'cMany', newer),
      commitUntilDone(world.startInstance().calls, 'cMany', NINE.slice(0, 5)),
    ]);

    await expectRecorded(world.tables, 'cMany', [...older, ...newer, ...NINE.slice(0, 5)]);
  });

  it.each([
    // One cold read, and a transaction for each event.
    { name: 'one by one', size: 1, callsRequests: 1 + 9 },
    { name: 'by three', size: 3, callsRequests: 1 + 3 },
    { name: 'all together', size: 9, callsRequests: 1 + 1 },
  ])(
    'takes $callsRequests requests for a call of nine events that come $name',
    async ({ size, callsRequests }) => {
      const { calls, requests } = world.startInstance();
      const callKey = `cNineBy${size}`;

      for (let from = 0; from < NINE.length; from += size)
        await calls.commit(callKey, { events: NINE.slice(from, from + size) });

      // By day, by wire id, among the open calls; and, unless it began and ended at once, the mark of its end.
      const indexRequests = size === 9 ? 3 : 4;
      expect(requests).toMatchObject({ calls: callsRequests, index: indexRequests });
      await expectRecorded(world.tables, callKey, NINE);
    },
  );

  it('takes one refused transaction and one read for an event that comes again', async () => {
    const { calls, requests } = world.startInstance();
    await calls.commit('cAgain', { events: NINE });
    const before = { ...requests };

    const committed = await calls.commit('cAgain', { events: NINE.slice(4, 5) });

    expect(committed).toMatchObject({ duplicates: 1 });
    expect(requests).toEqual({ ...before, calls: before.calls + 2 });
  });

  it('says which write failed when an event comes again to a process whose head is stale', async () => {
    const [one, other] = [world.startInstance(), world.startInstance()];
    await one.calls.commit('cStale', { events: NINE.slice(0, 2) });
    await other.calls.commit('cStale', { events: NINE.slice(2) });

    const committed = await one.calls.commit('cStale', { events: NINE.slice(1) });

    expect(committed).toMatchObject({ duplicates: 8, conflicts: 2 });
    await expectRecorded(world.tables, 'cStale', NINE);
  });
});

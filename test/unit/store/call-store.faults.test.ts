import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import type { CallStore } from '../../../shared/store/call-store.ts';
import { StorageError } from '../../../shared/store/storage-error.ts';
import { eventsOf, nineElements, rosterOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';
import { Crash, crashAt, Faults, failAt } from '../../support/faults.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { dtmfReceived } from '../../support/preview-2021-04-elements.ts';

const NINE = eventsOf(nineElements());

/** Commits again and again, as redeliveries of one message would, until nothing goes wrong. */
async function commitUntilDone(instance: Instance, callKey: string, events: readonly CallEvent[]) {
  for (let tries = 0; tries < 10; tries++) {
    try {
      return await instance.calls.commit(callKey, { events });
    } catch (error) {
      if (!(error instanceof StorageError && error.transient)) throw error;
    }
  }
  throw new Error('It never goes well.');
}

describe('CallStore', () => {
  describe('faults', () => {
    const roster = eventsOf([rosterOf(350, 5)]);
    const scenarios = [
      { name: 'one event', batches: [NINE.slice(0, 1)] },
      { name: 'a whole call', batches: [NINE] },
      { name: 'a call in three batches', batches: [NINE.slice(0, 3), NINE.slice(3, 6), NINE.slice(6)] },
      { name: 'duplicates', batches: [NINE.slice(0, 6), NINE.slice(3), NINE] },
      { name: '350 participants', batches: [roster, NINE] },
    ];

    async function countRequests(batches: readonly CallEvent[][]): Promise<number> {
      const { calls, faults } = new MemoryWorld().startInstance();
      for (const batch of batches) await calls.commit(CALL_KEY, { events: batch });
      return faults.requests.length;
    }

    /** Commits the batches in order on one store; the first error of each is let go to the retry. */
    async function commitAll(calls: CallStore, batches: readonly CallEvent[][]) {
      for (const batch of batches) await calls.commit(CALL_KEY, { events: batch });
    }

    describe.each(scenarios)('with $name', ({ batches }) => {
      it.each(['before', 'after'] as const)(
        'lose nothing when any one request fails %s it took effect',
        async when => {
          const requests = await countRequests(batches);
          for (let at = 1; at <= requests; at++) {
            const world = new MemoryWorld();
            const instance = world.startInstance(new Faults({ plan: failAt(at, when) }));

            for (const batch of batches) await commitUntilDone(instance, CALL_KEY, batch);

            await expectRecorded(world.tables, CALL_KEY, batches.flat());
          }
        },
      );

      it.each(['before', 'after'] as const)(
        'lose nothing when the process dies %s any request, and another takes over',
        async when => {
          const requests = await countRequests(batches);
          for (let at = 1; at <= requests; at++) {
            const world = new MemoryWorld();
            const crashing = world.startInstance(new Faults({ plan: crashAt(at, when) }));
            await expect(commitAll(crashing.calls, batches)).rejects.toThrow(Crash);

            await commitAll(world.startInstance().calls, batches);

            await expectRecorded(world.tables, CALL_KEY, batches.flat());
          }
        },
      );

      it('lose nothing when a process dies anywhere, and its message comes again after new events', async () => {
        const requests = await countRequests(batches);
        const later = eventsOf([dtmfReceived(9, 'Pound', atSecond(15))]);
        for (let at = 1; at <= requests; at++) {
          const world = new MemoryWorld();
          const crashing = world.startInstance(new Faults({ plan: crashAt(at, 'after') }));
          await expect(commitAll(crashing.calls, batches)).rejects.toThrow(Crash);
          const successor = world.startInstance();
          await successor.calls.commit(CALL_KEY, { events: later });

          for (const batch of batches)
            await successor.calls.commit(CALL_KEY, { events: [...batch, ...later] });

          await expectRecorded(world.tables, CALL_KEY, [...later, ...batches.flat()]);
        }
      });
    });
  });
});

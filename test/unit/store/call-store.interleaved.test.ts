import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { StorageError } from '../../../shared/store/storage-error.ts';
import { callElements } from '../../support/arbitraries/call-elements.ts';
import { eventsOf } from '../../support/call-elements.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';
import { type Fault, Faults, unavailable } from '../../support/faults.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';

/** What goes wrong with the requests of a process, one after the other; then nothing does. */
const faultList = fc.array(fc.constantFrom(undefined, undefined, 'before' as const, 'after' as const), {
  maxLength: 30,
});

function planOf(list: readonly ('before' | 'after' | undefined)[]) {
  return ({ number }: { readonly number: number }): Fault | undefined => {
    const when = list[number - 1];
    return when === undefined ? undefined : { when, error: unavailable() };
  };
}

async function commitUntilDone({ calls }: Instance, events: readonly CallEvent[]): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      await calls.commit(CALL_KEY, { events });
      return;
    } catch (error) {
      if (!(error instanceof StorageError && error.transient)) throw error;
    }
  }
  throw new Error('It never goes well.');
}

/** Batches for each of some processes: all processes together have every event, and some events come several times. */
const histories = callElements({ minLength: 1, maxLength: 10 }).chain(elements => {
  const events = eventsOf(elements);
  const batch = fc.subarray(events, { minLength: 1 });
  const batches = fc.array(batch, { minLength: 1, maxLength: 3 });
  return fc.record({ events: fc.constant(events), one: batches, other: batches });
});

describe('CallStore', () => {
  it('records everything once however the requests of two processes fall in between each other, and fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.tuple(faultList, faultList),
        fc.scheduler(),
        async ({ events, one, other }, [oneFaults, otherFaults], scheduler) => {
          const world = new MemoryWorld();
          const gate = () => scheduler.schedule(Promise.resolve());
          const start = (list: readonly ('before' | 'after' | undefined)[]) =>
            world.startInstance(new Faults({ plan: planOf(list), gate }));
          const work = async (instance: Instance, batches: readonly (readonly CallEvent[])[]) => {
            for (const batch of batches) await commitUntilDone(instance, batch);
          };

          await scheduler.waitFor(
            Promise.all([work(start(oneFaults), [...one, events]), work(start(otherFaults), other)]),
          );

          await expectRecorded(world.tables, CALL_KEY, events);
        },
      ),
      { numRuns: 300 },
    );
  });
});

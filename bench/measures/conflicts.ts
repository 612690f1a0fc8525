import { onFreshAzurite } from '../azurite-case.ts';
import { CONCURRENCY } from '../closed-loop.ts';
import { inParallel } from '../in-parallel.ts';
import { type OurPipeline, ourPipeline } from '../our-pipeline.ts';
import { shuffledBurstPosts } from '../posts.ts';
import type { Measure, Reading } from '../reading.ts';
import { referenceCalls } from '../reference-call.ts';
import { seededRandom } from '../seeded-random.ts';
import { verifyOurs } from '../verify.ts';

const CALLS = referenceCalls(20);
const DUPLICATE_SHARE = 0.3;
/** As in host.json. */
const BATCH_SIZE = 16;
const BACKLOG = 64;
const BARS: ReadonlyMap<number, number> = new Map([
  [1, 0],
  [2, 0.15],
  [4, 0.25],
]);

/** How often two instances of the app get into each other's way when the events of a call come all at once. */
export const conflicts: Measure = {
  name: 'conflicts',

  async run({ repeat, progress }) {
    const runs = new Map<number, number[]>();
    for (let round = 1; round <= repeat; round++) {
      for (const instances of BARS.keys()) {
        progress(`round ${round} of ${repeat}, instances: ${instances}`);
        const perDelivery = await conflictsPerDelivery(instances, round);
        runs.set(instances, [...(runs.get(instances) ?? []), perDelivery]);
      }
    }
    return [...BARS].map(
      ([instances, atMost]): Reading => ({
        name: `conflicts per delivery, instances: ${instances}`,
        unit: '',
        runs: runs.get(instances) ?? [],
        bar: { atMost },
      }),
    );
  },
};

function conflictsPerDelivery(instances: number, seed: number): Promise<number> {
  return onFreshAzurite(async connectionString => {
    const posts = shuffledBurstPosts(CALLS, DUPLICATE_SHARE, seededRandom(seed));
    const pipeline = await ourPipeline({ connectionString, name: 'conflicts', index: 'memory', instances });
    for (let from = 0; from < posts.length; from += BACKLOG) {
      await inParallel(posts.slice(from, from + BACKLOG), CONCURRENCY, post => pipeline.receive(post));
      await Promise.all(Array.from({ length: instances }, (_, instance) => drain(pipeline, instance)));
    }
    await verifyOurs(pipeline, CALLS);
    return pipeline.calls.conflicts / posts.length;
  });
}

/** What the queue trigger of one instance does: takes a batch, and works on all of it at once. */
async function drain(pipeline: OurPipeline, instance: number): Promise<void> {
  for (;;) {
    const messages = await pipeline.queue.receive(BATCH_SIZE, 120);
    if (messages.length === 0) return;
    await inParallel(messages, messages.length, async message => {
      await pipeline.process(message, instance);
      await pipeline.queue.delete(message);
    });
  }
}

import { onFreshAzurite } from '../azurite-case.ts';
import { runClosedLoop } from '../closed-loop.ts';
import { ourPipeline } from '../our-pipeline.ts';
import { shuffledBurstPosts } from '../posts.ts';
import type { Measure, Reading } from '../reading.ts';
import { referenceCalls } from '../reference-call.ts';
import { seededRandom } from '../seeded-random.ts';
import { verifyOurs } from '../verify.ts';

const CALLS = referenceCalls(40);
const DUPLICATE_SHARE = 0.3;
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
    const random = seededRandom(seed);
    const posts = shuffledBurstPosts(CALLS, DUPLICATE_SHARE, random);
    const pipeline = await ourPipeline({ connectionString, index: 'memory', instances, random });
    await runClosedLoop(pipeline, posts);
    await verifyOurs(pipeline, CALLS);
    return pipeline.calls.conflicts / posts.length;
  });
}

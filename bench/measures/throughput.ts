import { onFreshAzurite } from '../azurite-case.ts';
import { type Pipeline, runClosedLoop } from '../closed-loop.ts';
import { naivePipeline } from '../naive.ts';
import { ourPipeline } from '../our-pipeline.ts';
import { burstPosts, type Post, spreadPosts } from '../posts.ts';
import { measureRawLimit } from '../raw-limit.ts';
import type { Measure } from '../reading.ts';
import { type ReferenceCall, referenceCalls } from '../reference-call.ts';
import { countNaiveLosses, type Losses, verifyOurs } from '../verify.ts';

const CALLS = referenceCalls(40);

/** Events a second from callback to deleted message, against what this Azurite can do and against a naive pipeline. */
export const throughput: Measure = {
  name: 'throughput',

  async run({ repeat, progress }) {
    progress('warming up');
    await runRound(referenceCalls(10));
    const rounds: Round[] = [];
    for (let round = 1; round <= repeat; round++) {
      progress(`round ${round} of ${repeat}`);
      rounds.push(await runRound(CALLS));
    }
    const each = (value: (round: Round) => number) => rounds.map(value);
    return [
      { name: 'events/s, raw limit of Azurite', unit: '', runs: each(({ limit }) => limit) },
      { name: 'events/s, calls taking turns', unit: '', runs: each(({ spread }) => spread) },
      {
        name: 'the same ÷ raw limit',
        unit: '',
        runs: each(({ spread, limit }) => spread / limit),
        bar: { atLeast: 0.8 },
      },
      {
        name: 'the same with the index ÷ raw limit',
        unit: '',
        runs: each(({ spreadIndexed, limit }) => spreadIndexed / limit),
      },
      { name: 'events/s, bursts, index included', unit: '', runs: each(({ bursts }) => bursts) },
      { name: 'events/s, bursts, naive', unit: '', runs: each(({ naive }) => naive) },
      {
        name: 'events/s, bursts ÷ naive',
        unit: '',
        runs: each(({ bursts, naive }) => bursts / naive),
        bar: { atLeast: 1.3 },
      },
      { name: 'lost updates in bursts', unit: '', runs: each(() => 0), bar: { atMost: 0 } },
      {
        name: `lost updates in bursts, naive, of ${CALLS.length * 9}`,
        unit: '',
        runs: each(({ losses }) => losses.lostUpdates),
      },
      {
        name: `wrong calls after bursts, naive, of ${CALLS.length}`,
        unit: '',
        runs: each(({ losses }) => losses.wrongCalls),
      },
    ];
  },
};

/** Events a second of each variant; ours are verified, so none of their updates is lost. */
interface Round {
  readonly limit: number;
  readonly spread: number;
  readonly spreadIndexed: number;
  readonly bursts: number;
  readonly naive: number;
  readonly losses: Losses;
}

async function runRound(calls: readonly ReferenceCall[]): Promise<Round> {
  const limit = await onFreshAzurite(connectionString => measureRawLimit(connectionString, calls));
  const spread = await rateOfOurs(calls, spreadPosts(calls), 'memory');
  const spreadIndexed = await rateOfOurs(calls, spreadPosts(calls), 'azure');
  const bursts = await rateOfOurs(calls, burstPosts(calls), 'azure');
  const { naive, losses } = await rateOfNaive(calls);
  return { limit, spread, spreadIndexed, bursts, naive, losses };
}

function rateOfOurs(
  calls: readonly ReferenceCall[],
  posts: readonly Post[],
  index: 'azure' | 'memory',
): Promise<number> {
  return onFreshAzurite(async connectionString => {
    const pipeline = await ourPipeline({ connectionString, index });
    const rate = await rateOf(pipeline, posts);
    await verifyOurs(pipeline, calls);
    return rate;
  });
}

function rateOfNaive(calls: readonly ReferenceCall[]): Promise<{ naive: number; losses: Losses }> {
  return onFreshAzurite(async connectionString => {
    const pipeline = await naivePipeline(connectionString);
    const naive = await rateOf(pipeline, burstPosts(calls));
    return { naive, losses: await countNaiveLosses(pipeline, calls) };
  });
}

async function rateOf(pipeline: Pipeline<Post>, posts: readonly Post[]): Promise<number> {
  const startedAtMs = performance.now();
  await runClosedLoop(pipeline, posts);
  return (posts.length * 1000) / (performance.now() - startedAtMs);
}

import { onFreshAzurite } from '../azurite-case.ts';
import { type Pipeline, runClosedLoop } from '../closed-loop.ts';
import { type NaivePipeline, naivePipeline } from '../naive.ts';
import { type OurPipeline, ourPipeline } from '../our-pipeline.ts';
import { burstPosts, type Post, spreadPosts } from '../posts.ts';
import { type RawRequests, rawRequests } from '../raw-limit.ts';
import type { Measure, Reading } from '../reading.ts';
import { type ReferenceCall, referenceCalls } from '../reference-call.ts';
import { countNaiveLosses, type Losses, verifyOurs } from '../verify.ts';

const CALLS = referenceCalls(40);
const CALLS_PER_SLICE = 20;
const EVENTS_PER_SLICE = CALLS_PER_SLICE * 9;

/**
 * Events a second from callback to deleted message, against what this Azurite can do and against a naive pipeline.
 *
 * Ours is measured without its index, since the naive one keeps none. One Azurite serves all rounds, each with tables of its own: a fresh one is several times slower for its first
 * thousand events, until its code is compiled.
 */
export const throughput: Measure = {
  name: 'throughput',

  run({ repeat, progress }) {
    return onFreshAzurite(async connectionString => {
      progress('warming up');
      await runRound(await makeVariants(connectionString, 0));
      const rounds: Round[] = [];
      for (let round = 1; round <= repeat; round++) {
        progress(`round ${round} of ${repeat}`);
        rounds.push(await runRound(await makeVariants(connectionString, round)));
      }
      const slices = rounds.flatMap(round => round.slices);
      return toReadings(
        slices,
        rounds.map(round => round.losses),
      );
    });
  },
};

interface Round {
  readonly slices: readonly Slice[];
  readonly losses: Losses;
}

/** Milliseconds that each variant took for the same calls. */
interface Slice {
  readonly limit: number;
  readonly spread: number;
  readonly naiveSpread: number;
  readonly bursts: number;
  readonly naiveBursts: number;
}

/**
 * The variants take turns, some calls at a time, so that whatever else the machine does meets all alike.
 *
 * @throws Error when our pipeline lost an update.
 */
async function runRound(variants: Variants): Promise<Round> {
  const slices: Slice[] = [];
  for (let from = 0; from < CALLS.length; from += CALLS_PER_SLICE) {
    slices.push(await runSlice(variants, CALLS.slice(from, from + CALLS_PER_SLICE)));
  }
  await verifyOurs(variants.spread, CALLS);
  await verifyOurs(variants.bursts, CALLS);
  return { slices, losses: await countNaiveLosses(variants.naiveBursts, CALLS) };
}

interface Variants {
  readonly raw: RawRequests;
  readonly spread: OurPipeline;
  readonly naiveSpread: NaivePipeline;
  readonly bursts: OurPipeline;
  readonly naiveBursts: NaivePipeline;
}

async function makeVariants(connectionString: string, round: number): Promise<Variants> {
  return {
    raw: await rawRequests(connectionString, `raw${round}`),
    spread: await ourPipeline({ connectionString, name: `spread${round}`, index: 'memory' }),
    bursts: await ourPipeline({ connectionString, name: `bursts${round}`, index: 'memory' }),
    naiveSpread: await naivePipeline(connectionString, `spread${round}`),
    naiveBursts: await naivePipeline(connectionString, `bursts${round}`),
  };
}

async function runSlice(variants: Variants, calls: readonly ReferenceCall[]): Promise<Slice> {
  return {
    limit: await variants.raw.time(calls),
    spread: await time(variants.spread, spreadPosts(calls)),
    naiveSpread: await time(variants.naiveSpread, spreadPosts(calls)),
    bursts: await time(variants.bursts, burstPosts(calls)),
    naiveBursts: await time(variants.naiveBursts, burstPosts(calls)),
  };
}

async function time(pipeline: Pipeline<Post>, posts: readonly Post[]): Promise<number> {
  const startedAtMs = performance.now();
  await runClosedLoop(pipeline, posts);
  return performance.now() - startedAtMs;
}

function toReadings(slices: readonly Slice[], losses: readonly Losses[]): Reading[] {
  const events = CALLS.length * 9;
  const rate = (name: string, elapsedMs: (slice: Slice) => number): Reading => ({
    name,
    unit: '',
    runs: slices.map(slice => (EVENTS_PER_SLICE * 1000) / elapsedMs(slice)),
  });
  const ratio = (name: string, value: (slice: Slice) => number): Reading => ({
    name,
    unit: '',
    runs: slices.map(value),
  });
  return [
    rate('events/s, raw limit of Azurite', ({ limit }) => limit),
    rate('events/s, calls taking turns', ({ spread }) => spread),
    { ...ratio('the same ÷ raw limit', ({ limit, spread }) => limit / spread), bar: { atLeast: 0.8 } },
    ratio('the same ÷ naive', ({ naiveSpread, spread }) => naiveSpread / spread),
    rate('events/s, bursts', ({ bursts }) => bursts),
    {
      ...ratio('the same ÷ naive', ({ naiveBursts, bursts }) => naiveBursts / bursts),
      bar: { atLeast: 1.3 },
    },
    { name: 'lost updates', unit: '', runs: losses.map(() => 0), bar: { atMost: 0 } },
    {
      name: `lost updates, bursts, naive, of ${events}`,
      unit: '',
      runs: losses.map(({ lostUpdates }) => lostUpdates),
    },
    {
      name: `wrong calls, bursts, naive, of ${CALLS.length}`,
      unit: '',
      runs: losses.map(({ wrongCalls }) => wrongCalls),
    },
  ];
}

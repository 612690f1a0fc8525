import { onFreshAzurite } from '../azurite-case.ts';
import { type Pipeline, runClosedLoop } from '../closed-loop.ts';
import {
  COUNTED,
  countName,
  LOAD_SHAPES,
  type LoadShape,
  PIPELINES,
  type PipelineName,
} from '../cost/load-shapes.ts';
import { naivePipeline } from '../naive.ts';
import { ourPipeline } from '../our-pipeline.ts';
import { type Post, spreadPosts } from '../posts.ts';
import type { Measure, Reading } from '../reading.ts';
import { referenceCalls } from '../reference-call.ts';

const CALLS = referenceCalls(20);
const EVENTS = CALLS.reduce((sum, call) => sum + call.elements.length, 0);
const HIDE_SECONDS = 120;

/** What Azure bills of an event, by the shape of the load: `npm run cost` makes money of it. */
export const billing: Measure = {
  name: 'billing',

  async run({ repeat, progress }) {
    const runs = new Map<string, number[]>();
    progress('warming up');
    await countAll(new Map());
    for (let round = 1; round <= repeat; round++) {
      progress(`round ${round} of ${repeat}`);
      await countAll(runs);
    }
    return [...runs].map(([name, values]): Reading => {
      return { name, unit: name.startsWith('CPU') ? 'ms' : '', runs: values };
    });
  },
};

async function countAll(runs: Map<string, number[]>): Promise<void> {
  for (const shape of LOAD_SHAPES) {
    for (const pipeline of PIPELINES) {
      const counts = await count(pipeline, shape);
      for (const counted of COUNTED) {
        const name = countName(pipeline, shape, counted);
        runs.set(name, [...(runs.get(name) ?? []), counts[counted] / EVENTS]);
      }
    }
  }
}

type Counts = Readonly<Record<(typeof COUNTED)[number], number>>;

function count(name: PipelineName, shape: LoadShape): Promise<Counts> {
  return onFreshAzurite(async connectionString => {
    const posts = spreadPosts(CALLS, shape.eventsPerPost);
    const { pipeline, requests } =
      name === 'naive' ? await naive(connectionString) : await ours(connectionString, shape, posts.length);
    // Azurite has a process of its own, so this is what the app's code takes, the SDKs included.
    const startedAt = process.cpuUsage();
    if (shape.isThin) await runOneByOne(pipeline, posts);
    else await runClosedLoop(pipeline, posts);
    const { user, system } = process.cpuUsage(startedAt);
    const { queue, tables } = requests();
    return { 'queue requests': queue, 'table requests': tables, CPU: (user + system) / 1000 };
  });
}

interface Counted {
  readonly pipeline: Pipeline<Post>;
  requests(): { readonly queue: number; readonly tables: number };
}

async function naive(connectionString: string): Promise<Counted> {
  const pipeline = await naivePipeline(connectionString, 'billed');
  return { pipeline, requests: () => pipeline.requests() };
}

/** Where load is spread thin, each event comes to an instance that has just started. */
async function ours(connectionString: string, { isThin }: LoadShape, posts: number): Promise<Counted> {
  const instances = isThin ? posts : 1;
  const assembled = await ourPipeline({ connectionString, name: 'billed', index: 'azure', instances });
  let processed = 0;
  return {
    pipeline: {
      queue: assembled.queue,
      receive: post => assembled.receive(post),
      process: message => assembled.process(message, isThin ? processed++ : 0),
    },
    requests() {
      const { queue, calls, index } = assembled.requests();
      return { queue, tables: calls + index };
    },
  };
}

async function runOneByOne(pipeline: Pipeline<Post>, posts: readonly Post[]): Promise<void> {
  for (const post of posts) {
    await pipeline.receive(post);
    for (const message of await pipeline.queue.receive(1, HIDE_SECONDS)) {
      await pipeline.process(message);
      await pipeline.queue.delete(message);
    }
  }
}

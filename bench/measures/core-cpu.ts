import { readElements } from '../../shared/processing/read-elements.ts';
import { MemoryQueue } from '../../shared/queues/memory-queue.ts';
import type { CachedHead } from '../../shared/store/head-cache.ts';
import { MemoryTable } from '../../shared/store/memory-table.ts';
import { runClosedLoop } from '../closed-loop.ts';
import { assemble } from '../our-pipeline.ts';
import { planListening } from '../plan-listening.ts';
import { spreadPosts } from '../posts.ts';
import type { Measure } from '../reading.ts';
import { RECEIVED_AT, referenceCalls } from '../reference-call.ts';
import { verifyOurs } from '../verify.ts';

const CALLS = referenceCalls(2_000);
const TEXTS = CALLS.map(({ callKey, elements }) => ({
  callKey,
  texts: elements.map(element => JSON.stringify(element)),
}));
const EVENTS = CALLS.length * 9;
const WARM_UP_PASSES = 2;
const PASSES = 3;

/** What an event costs apart from storage: the pure core, and the whole pipeline over ports in memory. */
export const coreCpu: Measure = {
  name: 'core-cpu',

  async run({ repeat, progress }) {
    progress('warming up');
    for (let pass = 0; pass < WARM_UP_PASSES; pass++) runCore();
    await runInMemory();
    const core: number[] = [];
    const inMemory: number[] = [];
    const rates: number[] = [];
    for (let round = 1; round <= repeat; round++) {
      progress(`round ${round} of ${repeat}`);
      const before = process.cpuUsage();
      for (let pass = 0; pass < PASSES; pass++) runCore();
      core.push(cpuMicroseconds(before) / (PASSES * EVENTS));
      const { cpuUs, eventsPerSecond } = await runInMemory();
      inMemory.push(cpuUs);
      rates.push(eventsPerSecond);
    }
    return [
      { name: 'CPU of the pure core per event', unit: 'µs', runs: core, bar: { atMost: 60 } },
      { name: 'CPU per event, storage in memory', unit: 'µs', runs: inMemory },
      { name: 'events/s, storage in memory', unit: '', runs: rates },
    ];
  },
};

/** From the text of an event to the rows that record it. */
function runCore(): void {
  for (const { callKey, texts } of TEXTS) {
    let cached: CachedHead | undefined;
    for (const text of texts) {
      const elements = [JSON.parse(text) as unknown];
      const message = { callKey, receivedAt: RECEIVED_AT, attempt: 0, traceparent: null, elements };
      const { head } = planListening(callKey, cached, readElements(message).events);
      cached = { etag: 'etag', head, index: { isComplete: true } };
    }
    if (cached?.head.journalCount !== texts.length) throw new Error(`Call ${callKey} missed an event.`);
  }
}

async function runInMemory(): Promise<{ readonly cpuUs: number; readonly eventsPerSecond: number }> {
  const pipeline = assemble({
    queue: new MemoryQueue({ now: () => Date.now() }),
    calls: new MemoryTable(),
    index: new MemoryTable(),
  });
  const posts = spreadPosts(CALLS);
  const before = process.cpuUsage();
  const startedAtMs = performance.now();
  await runClosedLoop(pipeline, posts);
  const elapsedMs = performance.now() - startedAtMs;
  const cpuUs = cpuMicroseconds(before) / EVENTS;
  await verifyOurs(pipeline, CALLS.slice(0, 20));
  return { cpuUs, eventsPerSecond: (EVENTS * 1000) / elapsedMs };
}

function cpuMicroseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

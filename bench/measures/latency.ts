import { setTimeout as delay } from 'node:timers/promises';
import { AzureQueue } from '../../shared/queues/azure-queue.ts';
import { onFreshAzurite } from '../azurite-case.ts';
import { CONCURRENCY } from '../closed-loop.ts';
import { inParallel } from '../in-parallel.ts';
import { type LocalApp, startLocalApp } from '../local-app.ts';
import { percentile } from '../percentile.ts';
import { type Post, spreadPosts } from '../posts.ts';
import type { Measure } from '../reading.ts';
import { referenceCalls } from '../reference-call.ts';

const CALLS = referenceCalls(80);
/** Receiving is warm after the first ones. */
const WARM_UP_POSTS = 64;
const VISIBLE_TRIES = 20;
const VISIBLE_TIMEOUT_MS = 30_000;
const LOOK_EVERY_MS = 5;

/** How long ACS waits for its answer, and a reader for what a callback said, with everything on one machine. */
export const latency: Measure = {
  name: 'latency',

  async run({ progress }) {
    return await onFreshAzurite(async connectionString => {
      const app = await startLocalApp(connectionString);
      try {
        progress('event posted → call visible, idle');
        const visibleMs = await measureVisible(app);
        progress('receiving');
        const posts = spreadPosts(CALLS.slice(VISIBLE_TRIES));
        await inParallel(posts.splice(0, WARM_UP_POSTS), CONCURRENCY, post => app.post(post));
        const receiveMs = await inParallel(posts, CONCURRENCY, post => app.post(post));
        await app.stop();
        progress('raw puts');
        const putMs = await measurePuts(connectionString, posts);
        const ratio = percentile(receiveMs, 0.99) / percentile(putMs, 0.99);
        return [
          { name: 'POST → 200, p50, 16 at once', unit: 'ms', runs: [percentile(receiveMs, 0.5)] },
          { name: 'POST → 200, p99, 16 at once', unit: 'ms', runs: [percentile(receiveMs, 0.99)] },
          { name: 'the same ÷ p99 of a raw put', unit: '', runs: [ratio] },
          { name: 'POST → visible, p50, idle', unit: 'ms', runs: [percentile(visibleMs, 0.5)] },
          {
            name: 'POST → visible, p99, idle',
            unit: 'ms',
            runs: [percentile(visibleMs, 0.99)],
            bar: { atMost: 2_000 },
          },
        ];
      } finally {
        await app.stop();
      }
    });
  },
};

/** From sending an event of a new call until a reader is given the call. */
async function measureVisible(app: LocalApp): Promise<number[]> {
  const tookMs: number[] = [];
  for (const { callKey, elements } of CALLS.slice(0, VISIBLE_TRIES)) {
    // Long enough for the listener to have fallen back to its longest pause, and not in step with it.
    await delay(600 + Math.random() * 250);
    const startedAtMs = performance.now();
    await app.post({ callKey, elements: elements.slice(0, 1) });
    await untilVisible(app, callKey);
    tookMs.push(performance.now() - startedAtMs);
  }
  return tookMs;
}

async function untilVisible(app: LocalApp, callKey: string): Promise<void> {
  const deadlineMs = performance.now() + VISIBLE_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(`${app.url}/api/calls/${callKey}`);
    const body = await answer.text();
    if (answer.status === 200) return;
    if (performance.now() > deadlineMs) throw new Error(`Call ${callKey} does not appear: ${body}`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Puts of the same texts; emptied in between, as the listener does beside the callbacks. */
async function measurePuts(connectionString: string, posts: readonly Post[]): Promise<number[]> {
  const queue = new AzureQueue({ connectionString, queueName: 'raw-puts' });
  const tookMs: number[] = [];
  for (let from = 0; from < posts.length; from += 64) {
    const part = posts.slice(from, from + 64);
    tookMs.push(...(await inParallel(part, CONCURRENCY, post => queue.put(JSON.stringify(post)))));
    const received = await Promise.all([queue.receive(32, 60), queue.receive(32, 60)]);
    await inParallel(received.flat(), CONCURRENCY, message => queue.delete(message));
  }
  // The first ones wait for the queue to be made.
  return tookMs.slice(64);
}

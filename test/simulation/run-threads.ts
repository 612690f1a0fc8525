import { Worker } from 'node:worker_threads';
import { type ProfileName, profileOf } from './profiles.ts';
import type { SeedRange } from './run-seeds.ts';
import type { ThreadReport, ThreadTask } from './simulation-thread.ts';

const THREADS = 2;

/** Milliseconds where a history takes one or two, and a long one ten: what takes so long never ends. */
const STUCK_MS = 60_000;

/** What is run side by side: histories from one seed on, until a time, in milliseconds since 1970. */
export interface ThreadsTask extends Pick<SeedRange, 'historiesMax' | 'profile' | 'onlyLong'> {
  readonly seed: number;
  readonly untilMs: number;
}

/** Runs histories on two threads, with their number shown meanwhile. Ends the process where one of them never ends. */
export function runThreads({ seed, historiesMax, ...rest }: ThreadsTask): Promise<ThreadReport[]> {
  const threads = Math.min(THREADS, historiesMax);
  const tasks = Array.from({ length: threads }, (_, thread) => ({
    ...rest,
    firstSeed: seed + thread,
    stride: threads,
    // Together as many as were asked for: the first threads run what does not divide.
    historiesMax: Math.ceil((historiesMax - thread) / threads),
    seedNow: new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT)),
  }));
  return Promise.all(tasks.map(inThread));
}

function inThread(task: ThreadTask): Promise<ThreadReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./simulation-thread.ts', import.meta.url), {
      workerData: task,
      // Histories leave much behind that is soon of no use: collecting it less often makes them a fifth quicker.
      resourceLimits: { maxYoungGenerationSizeMb: 192 },
    });
    const watch = watched(task);
    worker.on('error', error => {
      clearInterval(watch);
      reject(error);
    });
    worker.on('message', (report: ThreadReport) => {
      showProgress(task.firstSeed, report.histories);
      if (!report.isDone) return;
      clearInterval(watch);
      resolve(report);
    });
  });
}

/** A thread that goes round for ever cannot tell of it. */
function watched({ seedNow, profile, onlyLong }: ThreadTask): NodeJS.Timeout {
  let seen = { seed: seedNow[0], atMs: Date.now() };
  return setInterval(() => {
    const seed = seedNow[0] ?? 0;
    if (seed !== seen.seed) seen = { seed, atMs: Date.now() };
    if (Date.now() - seen.atMs < STUCK_MS) return;
    console.log(`\nseed ${seed} does not come to its end:`);
    console.log(`replay: ${replayCommand({ seed, profile: profile ?? profileOf(seed), onlyLong })}`);
    process.exit(1);
  }, 1_000);
}

/** The command that runs one history again. */
export function replayCommand({
  seed,
  profile,
  onlyLong = false,
}: {
  readonly seed: number;
  readonly profile: ProfileName;
  readonly onlyLong?: boolean | undefined;
}): string {
  const length = onlyLong ? ' --long' : '';
  return `npm run simulate -- --seed ${seed} --profile ${profile}${length} --histories 1`;
}

const progress = new Map<number, number>();

function showProgress(thread: number, histories: number): void {
  progress.set(thread, histories);
  if (!process.stderr.isTTY) return;
  const all = [...progress.values()].reduce((sum, count) => sum + count, 0);
  process.stderr.write(`\r${all} histories`);
}

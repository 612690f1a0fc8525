import { parentPort, workerData } from 'node:worker_threads';
import { runSeeds, type SeedRange, type SeedsResult } from './run-seeds.ts';

/** What a thread is told. */
export interface ThreadTask extends Omit<SeedRange, 'plant'> {
  /** When to stop, in milliseconds since 1970. */
  readonly untilMs: number;
  /** Shared with whoever watches: the seed of the history that is under way. */
  readonly seedNow: Float64Array;
}

/** What a thread says, now and then and when it is done. */
export type ThreadReport = Omit<SeedsResult, 'counts'> & {
  readonly counts: Readonly<Record<string, number>>;
  readonly isDone: boolean;
};

const REPORT_EVERY_MS = 500;

const task = workerData as ThreadTask;
let reportAtMs = Date.now() + REPORT_EVERY_MS;

task.seedNow[0] = task.firstSeed;
const result = await runSeeds(task, soFar => {
  task.seedNow[0] = task.firstSeed + soFar.histories * task.stride;
  if (Date.now() >= reportAtMs) {
    reportAtMs = Date.now() + REPORT_EVERY_MS;
    report(soFar, false);
  }
  return soFar.failures.length === 0 && Date.now() < task.untilMs;
});
report(result, true);

function report(soFar: SeedsResult, isDone: boolean): void {
  parentPort?.postMessage({ ...soFar, counts: soFar.counts.toObject(), isDone } satisfies ThreadReport);
}

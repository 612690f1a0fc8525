import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measure } from '../reading.ts';

const CHILD = join(import.meta.dirname, '..', 'children', 'head-cache-heap.ts');

/** What the cache of heads takes when it is full: 10,000 calls. */
export const cacheHeap: Measure = {
  name: 'cache-heap',

  async run({ repeat, progress }) {
    const runs: number[] = [];
    for (let round = 1; round <= repeat; round++) {
      progress(`round ${round} of ${repeat}`);
      const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', CHILD]);
      runs.push(Number(stdout) / 1_000_000);
    }
    return [{ name: 'heap of 10,000 live calls in the cache', unit: 'MB', runs, bar: { atMost: 25 } }];
  },
};

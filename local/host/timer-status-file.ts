import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TimerStatus } from './timer-data.ts';

/** Keeps one timer's status across runs of the local host. */
export interface TimerStatusFile {
  /** Undefined when there is none yet, or it cannot be read: the timer then counts as never run. */
  read(): Promise<TimerStatus | undefined>;
  write(status: TimerStatus): Promise<void>;
}

/** Names the file `timers/<function>.json` in the data folder. */
export function timerStatusFile(dataDir: string, functionName: string): TimerStatusFile {
  const folder = join(dataDir, 'timers');
  const path = join(folder, `${functionName}.json`);
  return {
    async read() {
      try {
        return parseStatus(JSON.parse(await readFile(path, 'utf8')));
      } catch {
        return undefined;
      }
    },
    async write(status) {
      await mkdir(folder, { recursive: true });
      await writeFile(`${path}.new`, JSON.stringify(status));
      await rename(`${path}.new`, path);
    },
  };
}

function parseStatus(value: unknown): TimerStatus | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { last, next, lastUpdated } = value as Record<string, unknown>;
  if (typeof last !== 'string' || typeof next !== 'string' || typeof lastUpdated !== 'string')
    return undefined;
  return { last, next, lastUpdated };
}

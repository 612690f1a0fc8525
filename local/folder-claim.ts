import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_INTERVAL_MS = 50;
/** Longer than an Azurite whose parent was killed may take to write its data (`exit-with-parent.cjs`). */
const DEFAULT_TIMEOUT_MS = 12_000;

/** The file in a data folder that names the process that uses the folder. */
export function claimFile(folder: string): string {
  return join(folder, 'in-use-by.pid');
}

/**
 * Waits until no Azurite uses a folder, which it makes if it is not there: one that lost its parent still writes what
 * it holds in memory, and would overwrite what its successor writes. Rejects, saying what to do, when the folder is
 * still in use after 12 s (or `timeoutMs`).
 */
export async function waitUntilUnclaimed(folder: string, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = claimFile(folder);
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const pid = await readPid(file);
    if (pid === undefined || !isRunning(pid)) break;
    if (Date.now() > deadline) {
      throw new Error(
        `The data in ${folder} is in use by another Azurite (process ${pid}): stop it, or choose another folder. ` +
          `If that process is none, delete ${file}.`,
      );
    }
    await delay(POLL_INTERVAL_MS);
  }
  await rm(file, { force: true });
}

async function readPid(file: string): Promise<number | undefined> {
  try {
    const pid = Number(await readFile(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

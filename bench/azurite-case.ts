import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzurite } from '../local/azurite.ts';

/**
 * Runs one case on an Azurite of its own, which keeps its data in a folder: what an earlier case left behind makes it
 * slower, and in memory it stops for seconds to collect garbage.
 */
export async function onFreshAzurite<Result>(
  body: (connectionString: string) => Promise<Result>,
): Promise<Result> {
  const location = await mkdtemp(join(tmpdir(), 'ringback-bench-'));
  const azurite = await startAzurite({ location });
  try {
    return await body(azurite.connectionString);
  } finally {
    await azurite.stop();
    await rm(location, { recursive: true, force: true });
  }
}

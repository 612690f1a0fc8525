import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startAzurite } from '../../local/azurite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the Azurite that the test run started. */
    storageConnectionString: string;
  }
}

/**
 * Gives a test run an Azurite of its own, on free ports and in a temporary folder; tests read its connection string with
 * `inject('storageConnectionString')`. Returns what takes both down again.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const location = await mkdtemp(join(tmpdir(), 'ringback-test-'));
  const azurite = await startAzurite({ location });
  project.provide('storageConnectionString', azurite.connectionString);
  return async () => {
    await azurite.stop();
    await rm(location, { recursive: true, force: true });
  };
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { patchedCopy, SOURCE_PATCHES } from '../../simulation/source-patches.ts';

const run = promisify(execFile);

/** Seconds on an idle machine; not so on one that is busy. */
const TIMEOUT_MS = 180_000;

describe('the simulator', () => {
  it.each(Object.entries(SOURCE_PATCHES))(
    'finds from five seeds: %s',
    { timeout: TIMEOUT_MS },
    async (_name, { patches, profile }) => {
      const { folder, remove } = patchedCopy(patches);
      try {
        const { stdout } = await run(process.execPath, [
          join(folder, 'test/simulation/main.ts'),
          '--five-seeds',
          ...(profile === undefined ? [] : ['--profile', profile]),
        ]);
        expect(JSON.parse(stdout)).not.toContain(null);
      } finally {
        remove();
      }
    },
  );
});

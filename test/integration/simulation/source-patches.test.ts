import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { patchedCopy, SOURCE_PATCHES, type SourcePatch } from '../../simulation/source-patches.ts';

const run = promisify(execFile);

/** Seconds on an idle machine; not so on one that is busy. */
const TIMEOUT_MS = 180_000;

/** The patched product under the simulator's own command. */
async function simulate(patches: readonly SourcePatch[], ...options: readonly string[]): Promise<string> {
  const { folder, remove } = patchedCopy(patches);
  try {
    const { stdout } = await run(process.execPath, [join(folder, 'test/simulation/main.ts'), ...options]);
    return stdout;
  } finally {
    remove();
  }
}

const BUGS = Object.entries(SOURCE_PATCHES).map(([name, bug]) => ({ name, ...bug }));

describe('the simulator', () => {
  it.each(BUGS)(
    'finds from five seeds: $name',
    { timeout: TIMEOUT_MS },
    async ({ patches, profile, onlyLong }) => {
      const narrowed = [
        ...(profile === undefined ? [] : ['--profile', profile]),
        ...(onlyLong === true ? ['--long'] : []),
      ];
      expect(JSON.parse(await simulate(patches, '--five-seeds', ...narrowed))).not.toContain(null);
    },
  );
});

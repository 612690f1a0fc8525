import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { patchedCopy, SOURCE_PATCHES } from '../../simulation/source-patches.ts';

const run = promisify(execFile);

describe('the simulator', () => {
  it.each(Object.entries(SOURCE_PATCHES))('finds from five seeds: %s', async (_name, patches) => {
    const { folder, remove } = patchedCopy(patches);
    try {
      const { stdout } = await run(process.execPath, [join(folder, 'test/simulation/find-bug-main.ts')]);
      expect(JSON.parse(stdout)).not.toContain(null);
    } finally {
      remove();
    }
  });
});

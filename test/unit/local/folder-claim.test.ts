import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimFile, waitUntilUnclaimed } from '../../../local/folder-claim.ts';

/** Above the highest process id of any system. */
const NOBODY = 2 ** 30;

describe('waitUntilUnclaimed', () => {
  let parent: string;
  let folder: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'ringback-claim-'));
    folder = join(parent, 'data');
  });

  afterEach(() => rmSync(parent, { recursive: true }));

  function claim(content: string): void {
    const file = claimFile(folder);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  it('makes the folder when it is not there', async () => {
    await waitUntilUnclaimed(folder);

    expect(existsSync(folder)).toBe(true);
  });

  it.each([
    { when: 'its process is gone', content: String(NOBODY) },
    { when: 'it names no process', content: 'x' },
  ])('clears a claim away when $when', async ({ content }) => {
    claim(content);

    await waitUntilUnclaimed(folder);

    expect(existsSync(claimFile(folder))).toBe(false);
  });

  it('resolves as soon as the claim is given up', async () => {
    claim(String(process.pid));
    const waiting = waitUntilUnclaimed(folder);

    rmSync(claimFile(folder));

    await expect(waiting).resolves.toBeUndefined();
  });

  it('rejects and says what to do when the process keeps running', async () => {
    claim(String(process.pid));

    const waiting = waitUntilUnclaimed(folder, 100);

    await expect(waiting).rejects.toThrow(
      `in use by another Azurite (process ${process.pid}): stop it, or choose another folder.`,
    );
    expect(existsSync(claimFile(folder))).toBe(true);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckResult } from './check-result.ts';

/** Checks that files can be written to the system's temporary folder, where data lies unless a folder is given. */
export function checkTempFolder(folder: string = tmpdir()): CheckResult {
  try {
    const probe = mkdtempSync(join(folder, 'ringback-check-'));
    writeFileSync(join(probe, 'probe'), 'x');
    rmSync(probe, { recursive: true });
    return { level: 'ok', message: `The temporary folder ${folder} can be written to.` };
  } catch (error) {
    const message = `The temporary folder ${folder} cannot be written to (${error instanceof Error ? error.message : String(error)}).`;
    return { level: 'fail', message, fix: 'Set TMPDIR (TEMP on Windows) to a folder that can.' };
  }
}

import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { FunctionMetadata } from '../../local/host/typed-data.ts';

/**
 * What an entry file of the app registers, without running any of it.
 *
 * @param entry path from the root of the repository. It is loaded in a process of its own with no settings: a function
 *   app has to load before anything is configured.
 */
export async function registeredFunctions(entry: string): Promise<FunctionMetadata[]> {
  const root = resolve(import.meta.dirname, '..', '..');
  const script = join(import.meta.dirname, 'print-registrations.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, join(root, entry)], { env: {} });
  return JSON.parse(stdout) as FunctionMetadata[];
}

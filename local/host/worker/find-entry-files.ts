import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';

/**
 * Lists the files that `main` in the app's package.json names, a path or one glob pattern, in a stable order. Throws a
 * StartError when there is no `main` or nothing matches it: the real host would start with zero functions.
 */
export function findEntryFiles(appRoot: string): string[] {
  const { main } = readPackage(join(appRoot, 'package.json'));
  if (main === undefined) throw new StartError(`package.json in ${appRoot} has no "main".`);
  const files = globSync(main.replaceAll('\\', '/'), { cwd: appRoot }).sort();
  if (files.length === 0) {
    throw new StartError(`No file matches "main" in package.json (${main}). Has the app been built?`);
  }
  return files.map(file => join(appRoot, file));
}

function readPackage(path: string): { main?: string } {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('main' in parsed)) return {};
    return typeof parsed.main === 'string' ? { main: parsed.main } : {};
  } catch (error) {
    throw new StartError(`${path} cannot be read as JSON.`, { cause: error });
  }
}

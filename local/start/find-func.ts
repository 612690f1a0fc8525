import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Core Tools are looked for. */
export interface FindFuncOptions {
  readonly appRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where Azure Functions Core Tools are, if they are. */
export type FoundFunc =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'wrong-path'; readonly path: string }
  | { readonly kind: 'none' };

/**
 * Finds an installed `func`: FUNC_PATH, the project's own package, the PATH, in this order. The command that npm links
 * for the package is left out: it downloads Core Tools when it is run, and that is for the user to decide.
 */
export function findFunc({ appRoot, env }: FindFuncOptions): FoundFunc {
  const given = env['FUNC_PATH'];
  if (given !== undefined && given !== '') {
    return existsSync(given) ? { kind: 'found', path: given } : { kind: 'wrong-path', path: given };
  }
  const isWindows = process.platform === 'win32';
  const names = isWindows ? ['func.exe', 'func.cmd'] : ['func'];
  const folders = (env['PATH'] ?? env['Path'] ?? '')
    .split(delimiter)
    .filter(folder => folder !== '' && !/node_modules[\\/]\.bin[\\/]?$/.test(folder));
  const ownFolder = join(appRoot, 'node_modules', 'azure-functions-core-tools', 'bin');
  const candidates = [ownFolder, ...folders].flatMap(folder => names.map(name => join(folder, name)));
  const path = candidates.find(candidate => existsSync(candidate));
  return path === undefined ? { kind: 'none' } : { kind: 'found', path };
}

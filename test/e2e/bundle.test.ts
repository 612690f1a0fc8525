import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { registeredFunctions } from '../support/registered-functions.ts';

describe('dist/index.mjs', () => {
  it('loads without any setting and registers every function', async () => {
    const functions = await registeredFunctions('dist/index.mjs');

    expect(functions.map(({ name }) => name).toSorted()).toEqual(functionFiles().toSorted());
  });

  it('registers what the sources do', async () => {
    expect(await registeredFunctions('dist/index.mjs')).toEqual(
      await registeredFunctions('functions/main.ts'),
    );
  });

  it('is read in few files at a start, however much is loaded on demand', () => {
    expect(filesOfStart(join(DIST, 'index.mjs')).size).toBeLessThanOrEqual(3);
  });

  it.each([
    'bearer-tokens',
    'ga-client',
    'load-credential',
    'loaded-flows',
    'openapi',
    'preview-2021-04-client',
    'start-otlp',
  ])('loads %s only when it is used', name => {
    const chunk = readdirSync(join(DIST, 'chunks')).find(file =>
      new RegExp(`^${name}-\\w+\\.mjs$`).test(file),
    );
    const start = [...filesOfStart(join(DIST, 'index.mjs'))];

    expect(start.map(file => readFileSync(file, 'utf8')).join('')).toContain(`/${chunk}")`);
    expect(start.map(file => basename(file))).not.toContain(chunk);
  });

  it('has source maps beside it', () => {
    for (const file of filesOfStart(join(DIST, 'index.mjs'))) expect(existsSync(`${file}.map`)).toBe(true);
  });
});

const DIST = resolve(import.meta.dirname, '..', '..', 'dist');

/** A file of the bundle, and all that it imports before it runs. */
function filesOfStart(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const imported = readFileSync(file, 'utf8').matchAll(/(?:from|import)"(\.[^"]+)"/g);
  for (const [, path = ''] of imported) filesOfStart(join(dirname(file), path), found);
  return found;
}

/** One file of functions/ is one function, but for the two that only put the app together. */
function functionFiles(): string[] {
  return readdirSync(resolve(import.meta.dirname, '..', '..', 'functions'))
    .filter(file => file.endsWith('.ts') && file !== 'main.ts' && file !== 'prepare-storage.ts')
    .map(file => file.slice(0, -'.ts'.length).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
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

  it('loads what identities take only when one is used', () => {
    const bundle = readFileSync(resolve(import.meta.dirname, '..', '..', 'dist', 'index.mjs'), 'utf8');

    expect(bundle).toMatch(/import\("\.\/chunks\/load-credential-/);
    expect(bundle).not.toMatch(/from"\.\/chunks\/load-credential-/);
  });

  it('has its source map beside it', () => {
    expect(existsSync(resolve(import.meta.dirname, '..', '..', 'dist', 'index.mjs.map'))).toBe(true);
  });
});

/** One file of functions/ is one function, but for the two that only put the app together. */
function functionFiles(): string[] {
  return readdirSync(resolve(import.meta.dirname, '..', '..', 'functions'))
    .filter(file => file.endsWith('.ts') && file !== 'main.ts' && file !== 'prepare-storage.ts')
    .map(file => file.slice(0, -'.ts'.length).replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
}

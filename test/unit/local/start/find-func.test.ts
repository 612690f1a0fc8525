import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFunc } from '../../../../local/start/find-func.ts';

describe('findFunc', () => {
  const name = process.platform === 'win32' ? 'func.exe' : 'func';
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-func-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function put(...segments: string[]): string {
    const path = join(folder, ...segments);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    return path;
  }

  it('prefers FUNC_PATH, then the package of the project, then the PATH', () => {
    const given = put('given');
    const own = put('app', 'node_modules', 'azure-functions-core-tools', 'bin', name);
    const onPath = put('bin', name);
    const env = { PATH: ['/nowhere', join(folder, 'bin')].join(delimiter) };

    const found = [
      findFunc({ appRoot: join(folder, 'app'), env: { ...env, FUNC_PATH: given } }),
      findFunc({ appRoot: join(folder, 'app'), env }),
      findFunc({ appRoot: folder, env }),
    ];

    expect(found).toEqual([given, own, onPath].map(path => ({ kind: 'found', path })));
  });

  it("leaves out npm's link to the package, which would download it", () => {
    put('node_modules', '.bin', name);

    const found = findFunc({ appRoot: folder, env: { PATH: join(folder, 'node_modules', '.bin') } });

    expect(found).toEqual({ kind: 'none' });
  });

  it('says so when FUNC_PATH leads nowhere', () => {
    const path = join(folder, 'gone');

    expect(findFunc({ appRoot: folder, env: { FUNC_PATH: path } })).toEqual({ kind: 'wrong-path', path });
  });
});

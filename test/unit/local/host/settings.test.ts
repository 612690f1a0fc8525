import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings, readSetting, resolveSettingNames } from '../../../../local/host/settings.ts';

describe('loadSettings', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringback-settings-'));
    const sample = { Values: { A: 'sample', B: 'sample' } };
    writeFileSync(join(folder, 'local.settings.sample.json'), JSON.stringify(sample));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads the sample when there is no file of one’s own, and the environment wins', () => {
    const loaded = loadSettings(folder, { B: 'env', C: 'env', D: undefined });

    expect(loaded).toEqual({
      settings: { A: 'sample', B: 'env', C: 'env' },
      file: 'local.settings.sample.json',
    });
  });

  it('reads only the file of one’s own when there is one', () => {
    writeFileSync(join(folder, 'local.settings.json'), '\uFEFF{"Values":{"B":"own"}}');

    expect(loadSettings(folder, {})).toEqual({ settings: { B: 'own' }, file: 'local.settings.json' });
  });
});

describe('readSetting', () => {
  it('finds a setting in any case and takes an empty one for missing', () => {
    const settings = { Name: 'x', Empty: '' };

    expect([readSetting(settings, 'NAME'), readSetting(settings, 'Empty')]).toEqual(['x', undefined]);
  });
});

describe('resolveSettingNames', () => {
  it.each([
    { text: 'plain', resolved: 'plain' },
    { text: '%A%-%b%', resolved: '1-2' },
    { text: '%A%-%C%', resolved: undefined },
  ])('gives $resolved when the text is $text', ({ text, resolved }) => {
    expect(resolveSettingNames(text, { A: '1', B: '2' })).toBe(resolved);
  });
});

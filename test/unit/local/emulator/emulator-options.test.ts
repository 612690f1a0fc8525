import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEmulatorOptions } from '../../../../local/emulator/emulator-options.ts';

describe('parseEmulatorOptions', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'emulator-options-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('listens on port 7080 and checks signatures when nothing is given', () => {
    expect(parseEmulatorOptions([])).toEqual({
      kind: 'start',
      options: { port: 7080, auth: true, callbacks: {} },
    });
  });

  it('reads every option', () => {
    const faults = file('faults.json', '{"callbacks":{"duplicate":0.3}}');
    const callees = file('callees.json', '{"callees":[{"match":"*","script":{"pickUp":"busy"}}]}');
    const args = [
      '--port 0 --speed 20 --seed 7 --no-auth --statuses overview --envelope single --ring-seconds 30',
      '--repeatability-seconds 0 --token-audience a1 --token-issuer i1',
      '--event-grid-url http://127.0.0.1:7071/api/event-grid --event-grid-schema cloudEvents --event-grid-reports',
      `--callback-attempts 1 --access-key a2V5 --faults ${faults} --callees ${callees}`,
    ].flatMap(line => line.split(' '));

    expect(parseEmulatorOptions(args)).toMatchObject({
      kind: 'start',
      options: {
        port: 0,
        speed: 20,
        seed: 7,
        auth: false,
        statuses: 'overview',
        ringSeconds: 30,
        accessKey: 'a2V5',
        repeatabilitySeconds: 0,
        tokens: { audience: 'a1', issuer: 'i1' },
        eventGrid: { url: 'http://127.0.0.1:7071/api/event-grid', schema: 'cloudEvents', reports: true },
        callbacks: { envelope: 'single', attempts: 1 },
        callees: { callees: [{ match: '*', script: { pickUp: 'busy', afterSeconds: 1 } }] },
        faults: { callbacks: { duplicate: 0.3, drop: 0 } },
      },
    });
  });

  it('gives help when it is asked for', () => {
    expect(parseEmulatorOptions(['--help'])).toEqual({ kind: 'help' });
  });

  it.each([
    { args: ['--prot', '1'], message: "Unknown option '--prot'" },
    { args: ['--port', '99999'], message: '--port must be a number from 0 to 65535, not "99999".' },
    { args: ['--port', '1.5'], message: '--port must be a whole number, not "1.5".' },
    { args: ['--speed', 'fast'], message: '--speed must be a number from 0.01 to 1000, not "fast".' },
    { args: ['--statuses', 'page'], message: '--statuses must be specification or overview, not "page".' },
    { args: ['--event-grid-url', 'app'], message: '--event-grid-url must be an http(s) URL' },
    { args: ['--access-key', 'not base64!'], message: '--access-key must be base64' },
    { args: ['--callees', '/nowhere.json'], message: '--callees: /nowhere.json cannot be read.' },
  ])('says what is wrong with $args', ({ args, message }) => {
    expect(parseEmulatorOptions(args)).toMatchObject({
      kind: 'error',
      message: expect.stringContaining(message) as unknown,
    });
  });

  it.each([
    { content: '{', message: 'is not JSON.' },
    { content: '{"callees":[{"match":"+1"}]}', message: '/callees/0/script: ' },
  ])('says what is wrong in a file: $message', ({ content, message }) => {
    const parsed = parseEmulatorOptions(['--callees', file('wrong.json', content)]);

    expect(parsed).toMatchObject({ kind: 'error', message: expect.stringContaining(message) as unknown });
  });
});

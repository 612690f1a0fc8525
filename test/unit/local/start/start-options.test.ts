import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseStartOptions } from '../../../../local/start/start-options.ts';

const APP_ROOT = resolve('/srv/ringback');

describe('parseStartOptions', () => {
  it('uses port 7071 and a temporary folder when nothing is given', () => {
    expect(parseStartOptions([], APP_ROOT)).toEqual({
      kind: 'start',
      options: {
        port: 7071,
        emulatorPort: 7080,
        dataDir: undefined,
        host: undefined,
        dialect: undefined,
        demo: true,
      },
    });
  });

  it('reads every option', () => {
    const dataDir = join(tmpdir(), 'kept');

    const ports = ['--port', '8080', '--emulator-port', '8090'];
    const args = [...ports, '--data', dataDir, '--host=func', '--dialect', 'ga', '--no-demo'];

    expect(parseStartOptions(args, APP_ROOT)).toEqual({
      kind: 'start',
      options: { port: 8080, emulatorPort: 8090, dataDir, host: 'func', dialect: 'ga', demo: false },
    });
  });

  it('gives help when it is asked for', () => {
    expect(parseStartOptions(['--help'], APP_ROOT)).toEqual({ kind: 'help' });
  });

  it.each([
    { args: ['--prot', '1'], message: "Unknown option '--prot'." },
    { args: ['now'], message: "Unexpected argument 'now'." },
    { args: ['--port'], message: "Option '--port <value>' argument missing." },
    { args: ['--port', 'high'], message: '--port must be a number from 1 to 65535, not "high".' },
    { args: ['--emulator-port', '0'], message: '--emulator-port must be a number from 1 to 65535, not "0".' },
    { args: ['--port', '7080'], message: '--port and --emulator-port must differ: both are 7080.' },
    { args: ['--host', 'docker'], message: '--host must be embedded or func, not "docker".' },
    { args: ['--dialect', 'sip'], message: '--dialect must be preview-2021-04 or ga, not "sip".' },
    {
      args: ['--data', join(APP_ROOT, 'data')],
      message: '--data must be a folder outside of the repository',
    },
    { args: ['--data', APP_ROOT], message: '--data must be a folder outside of the repository' },
  ])('says "$message" when the arguments are $args', ({ args, message }) => {
    const parsed = parseStartOptions(args, APP_ROOT);

    expect(parsed).toMatchObject({ kind: 'error', message: expect.stringContaining(message) as string });
  });
});

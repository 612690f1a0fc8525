import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Nothing listens there. */
const NOWHERE =
  'DefaultEndpointsProtocol=http;AccountName=store;AccountKey=c2VjcmV0;TableEndpoint=http://127.0.0.1:9/store;QueueEndpoint=http://127.0.0.1:9/store';

async function run(script: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...process.env, AzureWebJobsStorage: NOWHERE },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, err, code: child.exitCode };
}

const COMMANDS = [
  'local/replay.ts',
  'local/export-call.ts',
  'local/trace.ts',
  'local/emulator/main.ts',
  'scripts/erase.ts',
  'test/rehearsal/main.ts',
  'test/processes/run.ts',
  'bench/run.ts',
  'bench/cost/main.ts',
];

describe.each(COMMANDS)('%s', script => {
  it('prints its usage', async () => {
    const { out, err, code } = await run(script, '--help');

    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toMatch(/^Usage: npm run /);
  });

  it('says in words that an option is unknown', async () => {
    const { err, code } = await run(script, '--nonsense');

    expect(code).toBe(2);
    expect(err).toMatch(/^Unknown option '--nonsense'/);
    expect(err).toContain('Usage: npm run ');
    expect(err).not.toMatch(/^ +at /m);
  });
});

describe('the commands', () => {
  it.each([
    [
      'local/replay.ts',
      ['package.json'],
      'package.json is not valid at /format: expected a file of the format',
    ],
    ['local/replay.ts', ['local'], 'local is a folder'],
    ['local/replay.ts', ['c1'], 'Storage cannot be reached (http://127.0.0.1:9/store): '],
    ['local/export-call.ts', ['c1'], 'Storage cannot be reached (http://127.0.0.1:9/store): '],
    [
      'scripts/erase.ts',
      ['--number', '+14255550142'],
      'Storage cannot be reached (http://127.0.0.1:9/store): ',
    ],
    ['scripts/erase.ts', ['--number', '12'], '"12" is neither a number in E.164'],
    ['local/trace.ts', ['--port', 'x'], '--port must be a number from 0 to 65535, not "x".'],
    ['local/emulator/main.ts', ['--port=-1'], '--port must be a number from 0 to 65535, not "-1".'],
    ['test/rehearsal/main.ts', ['--calls=-1'], '--calls must be a number'],
    ['test/rehearsal/main.ts', ['--duplicates', '2'], '--duplicates must be a number from 0 to 1, not "2".'],
    ['test/processes/run.ts', ['--workers', '2,x'], '--workers must be a number'],
    ['bench/run.ts', ['--only', 'nothing'], '--only must be '],
    ['bench/run.ts', ['--repeat', 'often'], '--repeat must be a number'],
    ['bench/cost/main.ts', ['--counts', 'package.json'], 'package.json is not valid at /startedAt: '],
    ['bench/cost/main.ts', ['--prices', 'nowhere.json'], 'nowhere.json is not there'],
  ])('%s %j: %s', async (script, args, message) => {
    const { err, code } = await run(script, ...args);

    expect(code).toBe(2);
    expect(err.startsWith(message), err).toBe(true);
    expect(err).not.toMatch(/^ +at /m);
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { findFreePorts, isPortFree } from '../../../local/port.ts';
import { runLocal } from '../../../local/start/run-local.ts';

const REPOSITORY = resolve(import.meta.dirname, '..', '..', '..');
const APP_ROOT = join(REPOSITORY, 'test', 'fixtures', 'host-app');

/** Stands in for Core Tools: answers pings on the port it is given until it is interrupted. */
const FAKE_FUNC = `#!/usr/bin/env node
const { createServer } = require('node:http');
const port = Number(process.argv[process.argv.indexOf('--port') + 1]);
createServer((request, response) => {
  if (request.url === '/end') process.exit(3);
  response.end(JSON.stringify({ args: process.argv.slice(2), storage: process.env.AzureWebJobsStorage }));
}).listen(port, '127.0.0.1');
process.on('SIGINT', () => process.exit(0));
`;

describe('runLocal', () => {
  let dataDir: string;
  let port: number;
  let emulatorPort: number;
  let printed: string[];
  let stop: AbortController;
  let build: () => Promise<void>;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'ringback-run-'));
    [port = 0, emulatorPort = 0] = await findFreePorts(2);
    printed = [];
    stop = new AbortController();
    build = () => Promise.resolve();
  });

  afterEach(async () => {
    stop.abort();
    await rm(dataDir, { recursive: true, force: true });
  });

  function run(env: Readonly<Record<string, string>> = {}, host: 'embedded' | 'func' = 'embedded') {
    return runLocal(
      { port, emulatorPort, dataDir, host, dialect: undefined, demo: false },
      {
        appRoot: APP_ROOT,
        env,
        build,
        screen: { print: line => printed.push(line), show: () => undefined, isLive: false },
        stop: stop.signal,
      },
    );
  }

  async function waitUntilIntroduced(): Promise<void> {
    await vi.waitFor(() => expect(printed).toContain('Ctrl-C stops everything.'), { timeout: 20_000 });
  }

  it('brings up the app with its storage, says how to try it, and ends all of it when it is stopped', async () => {
    const ended = run();
    await waitUntilIntroduced();

    const response = await fetch(`http://127.0.0.1:${port}/api/text`);

    expect(response.status).toBe(418);
    const text = printed.join('\n');
    expect(text).toContain(`http://localhost:${port}/api/items/{id:int}/{tab?}`);
    expect(text).toContain(`curl -i -X POST 'http://localhost:${port}/api/callbacks?sig=`);
    expect(text.split('sig=')).toHaveLength(2);

    stop.abort();
    expect(await ended).toBeUndefined();
    expect(await isPortFree(port)).toBe(true);
    expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['azurite', 'host']));
  });

  it('runs func with the settings in its environment, and reports when it ends by itself', async () => {
    const funcPath = join(dataDir, 'func');
    await writeFile(funcPath, FAKE_FUNC);
    await chmod(funcPath, 0o755);
    const ended = run({ FUNC_PATH: funcPath }, 'func');
    await waitUntilIntroduced();

    const answer = (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as {
      args: string[];
      storage: string;
    };
    await fetch(`http://127.0.0.1:${port}/end`).catch(() => undefined);

    expect(answer.args).toEqual(['start', '--port', String(port)]);
    expect(answer.storage).not.toBe('');
    expect(await ended).toBe('func ended (code 3).');
  });

  it('rejects and leaves nothing running when the app does not start', async () => {
    const ended = run({ DAILY: 'not a schedule' });

    await expect(ended).rejects.toThrow('the schedule "not a schedule" is not an NCRONTAB expression');
    expect(await isPortFree(port)).toBe(true);
  });

  it('resolves without a reason when it is stopped while the app is built', async () => {
    build = () => {
      setImmediate(() => stop.abort());
      return Promise.reject(new Error('The service was stopped'));
    };

    expect(await run()).toBeUndefined();
    expect(printed).toEqual(['Building…']);
  });

  it('rejects with why the build failed when nobody stopped it', async () => {
    build = () => Promise.reject(new Error('Build failed with 1 error'));

    await expect(run()).rejects.toThrow('Build failed with 1 error');
  });

  it('rejects, naming the setting and the host and no secret, when the storage account cannot be reached', async () => {
    const [free] = await findFreePorts(1);
    const endpoint = `http://127.0.0.1:${free}/account`;
    const ended = run({
      AzureWebJobsStorage: `TableEndpoint=${endpoint};QueueEndpoint=${endpoint};SharedAccessSignature=sig=hidden`,
    });

    const error: unknown = await ended.catch((reason: unknown) => reason);

    expect(String(error)).toBe(
      `Error: The storage account that AzureWebJobsStorage names (127.0.0.1:${free}) cannot be reached: ECONNREFUSED. ` +
        'Check its name and the network.',
    );
  });

  it('rejects when the storage account refuses the key', async () => {
    const connectionString = inject('storageConnectionString');
    const ended = run({
      AzureWebJobsStorage: connectionString.replace(/AccountKey=[^;]+/, 'AccountKey=aaaa'),
    });

    await expect(ended).rejects.toThrow(/AzureWebJobsStorage names \(127\.0\.0\.1:\d+\) refuses: 403 \w+/);
  });

  it('rejects and names the path when the data folder is a file', async () => {
    await rm(dataDir, { recursive: true });
    await writeFile(dataDir, '');

    await expect(run()).rejects.toThrow(`--data must be a folder: ${dataDir} is a file.`);
  });
});

describe('npm start', () => {
  function start(args: readonly string[]) {
    const command = [join(REPOSITORY, 'local', 'start.mjs'), ...args];
    return spawnSync(process.execPath, command, { encoding: 'utf8' });
  }

  it('shows its options when it is asked for help', () => {
    expect(start(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('--data DIR') as string,
    });
  });

  it('ends with what is wrong when an option is unknown', () => {
    expect(start(['--nonsense'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Unknown option '--nonsense'.") as string,
    });
  });
});

describe('scripts/require-node.mjs', () => {
  const pretend = 'Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.20.2"}})';
  const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];

  it.each([
    ['local', 'start.mjs'],
    ['local', 'doctor.mjs'],
    ['scripts', 'require-node.mjs'],
  ])('says what to do when Node is too old for %s/%s', (...path) => {
    const result = spawnSync(process.execPath, [...execArgv, join(REPOSITORY, ...path)], {
      encoding: 'utf8',
    });

    expect(result.status).toBe(1);
    expect(result.stderr).toContain('Node 20.20.2 is too old: Ringback needs Node 22.18 or newer.');
    expect(result.stderr).toContain('run "npm ci" without --ignore-scripts and try again');
  });

  it.each(['build', 'check', 'package', 'test:integration', 'test:unit'])(
    'comes before anything else in npm run %s',
    script => {
      const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
        scripts: Record<string, string>;
      };

      expect(scripts[script]).toMatch(/^node scripts\/require-node\.mjs && /);
    },
  );
});

describe('local/host/main.ts', () => {
  it('says where it listens, and drains and ends when it gets SIGTERM', async () => {
    const args = [join(REPOSITORY, 'local', 'host', 'main.ts'), '--port', '0', '--app-root', APP_ROOT];
    const env = { ...process.env, AzureWebJobsStorage: inject('storageConnectionString') };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const exited = new Promise<number | null>(settle => child.once('exit', settle));
    const url = await vi.waitFor(() => {
      const found = /Listening on (http:\S+)/.exec(output)?.[1];
      if (found === undefined) throw new Error(`It does not listen yet:\n${output}`);
      return found;
    }, 10_000);

    const slow = fetch(`${url}/api/slow?ms=300`);
    await fetch(`${url}/api/text`);
    child.kill('SIGTERM');

    expect(await (await slow).text()).toBe('done');
    expect(await exited).toBe(0);
    expect(output).toContain('appTerminate');
  });
});

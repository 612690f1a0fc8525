import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { lineLog } from './host-log.ts';
import { loadSettings } from './settings.ts';
import { type RunningHost, startHost } from './start-host.ts';

// The embedded host by itself, for end-to-end tests: `node local/host/main.ts --port 7071`. It prints
// "Listening on http://127.0.0.1:<port>" once functions are served; SIGTERM, SIGINT or SIGHUP drains, a second one ends at once.

const USAGE = `Usage: node local/host/main.ts [options]
  --port N                  port to listen on; 0 for any free one (7071)
  --app-root DIR            folder with package.json and host.json (this repository)
  --data DIR                where timers keep their status (a temporary folder)
  --host-key KEY            ask for this key where a function wants one
  --master-key KEY          ask for this key at the admin endpoints
  --queue-lease-seconds N   how long a message stays hidden while it is worked on (600)
  --verbose                 log every invocation`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '7071' },
      'app-root': { type: 'string', default: resolve(import.meta.dirname, '..', '..') },
      data: { type: 'string' },
      'host-key': { type: 'string' },
      'master-key': { type: 'string' },
      'queue-lease-seconds': { type: 'string', default: '600' },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return values;
}

async function run(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(USAGE);
    return;
  }
  const temporary = options.data === undefined ? await mkdtemp(join(tmpdir(), 'ringback-host-')) : undefined;
  const removeData = async () => {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  };
  const appRoot = resolve(options['app-root']);
  const hostKey = options['host-key'];
  const masterKey = options['master-key'];
  try {
    const host = await startHost({
      appRoot,
      port: Number(options.port),
      settings: loadSettings(appRoot, process.env).settings,
      dataDir: options.data ?? temporary ?? tmpdir(),
      auth: hostKey === undefined && masterKey === undefined ? undefined : { hostKey, masterKey },
      queueLeaseMs: Number(options['queue-lease-seconds']) * 1000,
      log: lineLog(options.verbose ? 'debug' : 'information', line => console.log(line)),
    });
    stopWhenTold(host, removeData);
    console.log(`Listening on ${host.url}`);
  } catch (error) {
    await removeData();
    throw error;
  }
}

function stopWhenTold(host: RunningHost, removeData: () => Promise<void>): void {
  let stopping = false;
  const stop = async (exitCode: number) => {
    if (stopping) process.exit(130);
    stopping = true;
    await host.stop();
    await removeData();
    process.exit(exitCode);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  void host.failed.then(() => stop(1));
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});

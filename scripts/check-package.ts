import { cp, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startAzurite } from '../local/azurite.ts';
import { lineLog } from '../local/host/host-log.ts';
import { startHost } from '../local/host/start-host.ts';
import { signCallback } from '../shared/http/callback-signature.ts';

// `npm run check:package`: starts what `npm run package` made, in a folder where there is nothing else, on the Node that
// runs this; finds every function and takes one event through it.

const ROOT = resolve(import.meta.dirname, '..');
const PACKAGE = join(ROOT, 'out', 'app');
const SIZE_MAX_BYTES = 3 * 1024 * 1024;
const VISIBLE_WITHIN_MS = 30_000;
/** Nothing else may be in it: no local settings, no source, no dependency. */
const FILES =
  /^(host\.json|package\.json|LICENSE|dist\/index\.mjs(\.LEGAL\.txt)?|dist\/chunks\/[\w-]+\.mjs(\.LEGAL\.txt)?)$/;
const CALL_LEG_ID = '531f3600-481f-41c8-8a75-3e8b2e8e6200';

async function checkFiles(): Promise<void> {
  const entries = await readdir(PACKAGE, { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async file => (await stat(file)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const names = files.map(file => file.slice(PACKAGE.length + 1).replaceAll('\\', '/'));
  const foreign = names.filter(name => !FILES.test(name));
  if (foreign.length > 0) throw new Error(`Not for a deployment: ${foreign.join(', ')}`);
  if (bytes > SIZE_MAX_BYTES) throw new Error(`${bytes} bytes are more than ${SIZE_MAX_BYTES}.`);
  console.log(`The package: ${files.length} files, ${(bytes / 1024 / 1024).toFixed(2)} MB unpacked.`);
}

async function checkRun(folder: string): Promise<void> {
  const appRoot = join(folder, 'app');
  await cp(PACKAGE, appRoot, { recursive: true });
  const azurite = await startAzurite({ location: join(folder, 'azurite') });
  const lines: string[] = [];
  const secret = 'the secret of the check';
  try {
    const host = await startHost({
      appRoot,
      port: 0,
      settings: {
        FUNCTIONS_WORKER_RUNTIME: 'node',
        AzureWebJobsStorage: azurite.connectionString,
        CALLBACK_SECRET: secret,
      },
      dataDir: join(folder, 'host'),
      log: lineLog('information', line => lines.push(line)),
    });
    try {
      await checkFunctions(host.functions.map(({ name }) => name));
      await checkEvent(host.url, secret);
    } finally {
      await host.stop();
    }
  } catch (error) {
    console.error(lines.join('\n'));
    throw error;
  } finally {
    await azurite.stop();
  }
}

/** One file of functions/ is one function, but for the two that only put the app together. */
async function checkFunctions(found: readonly string[]): Promise<void> {
  const files = (await readdir(join(ROOT, 'functions'))).filter(name => name.endsWith('.ts'));
  const expected = files
    .map(name => name.slice(0, -'.ts'.length))
    .filter(name => name !== 'main' && name !== 'prepare-storage')
    .map(name => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
  const missing = expected.filter(name => !found.includes(name));
  const surplus = found.filter(name => !expected.includes(name));
  const wrong = [
    ...missing.map(name => `${name} is missing`),
    ...surplus.map(name => `${name} is not expected`),
  ];
  if (wrong.length > 0) throw new Error(wrong.join(', '));
  console.log(`On Node ${process.versions.node}: ${found.length} functions.`);
}

async function checkEvent(url: string, secret: string): Promise<void> {
  const fixture = `seed/531f3600.CallLegStateChanged.Established.json`;
  const event = await readFile(join(ROOT, 'test', 'fixtures', 'preview-2021-04', fixture), 'utf8');
  const posted = await fetch(`${url}/api/callbacks?sig=${signCallback(secret, undefined)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: event,
  });
  if (posted.status !== 200) throw new Error(`The callback was answered with ${posted.status}.`);
  const deadline = Date.now() + VISIBLE_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`${url}/api/calls/${CALL_LEG_ID}`);
    if (answer.status === 200) {
      const { state } = (await answer.json()) as { readonly state: string };
      console.log(`An event went through: the call is ${state}.`);
      return;
    }
    if (Date.now() > deadline) throw new Error(`The call is not there: ${answer.status}.`);
    await delay(200);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'ringback-package-'));
try {
  await checkFiles();
  await checkRun(folder);
} finally {
  await rm(folder, { recursive: true, force: true });
}

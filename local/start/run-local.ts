import { access, constants, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DEMO_CALLS } from '../demo/demo-calls.ts';
import { type DemoContext, runDemo } from '../demo/run-demo.ts';
import type { HostLog } from '../host/host-log.ts';
import { loadSettings, type Settings } from '../host/settings.ts';
import { startHost } from '../host/start-host.ts';
import { createStorageResources } from './create-storage-resources.ts';
import { describeFunctions } from './describe-functions.ts';
import { placeCallCurl } from './example-call.ts';
import { exampleCurl } from './example-callback.ts';
import { findFunc } from './find-func.ts';
import { runUnderFunc } from './run-under-func.ts';
import type { RunningApp } from './running-app.ts';
import type { Screen } from './screen.ts';
import { type LocalAcs, startAcs } from './start-acs.ts';
import type { StartOptions } from './start-options.ts';
import { type LocalStorage, startStorage } from './start-storage.ts';
import { Voice } from './voice.ts';

/** What a local run takes from around it. */
export interface LocalRunContext {
  readonly appRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Makes what package.json's `main` names. */
  build(): Promise<unknown>;
  readonly screen: Screen;
  /** Ends the run, cleanly, when it is aborted. */
  readonly stop: AbortSignal;
}

type Cleanup = () => Promise<unknown>;

/**
 * Builds the app, brings up storage and a Functions host, says how to try it, and stays until it is stopped or a part
 * ends by itself; then ends every part, the latest first. Resolves with why a part ended, or undefined when it was
 * stopped, even while it started; rejects, with nothing left running, when a part cannot be started.
 */
export async function runLocal(options: StartOptions, context: LocalRunContext): Promise<string | undefined> {
  const cleanups: Cleanup[] = [];
  try {
    const dataDir = await prepareDataDir(options, cleanups);
    context.screen.print('Building…');
    await context.build();
    context.stop.throwIfAborted();
    const { settings: configured } = loadSettings(context.appRoot, context.env);
    context.screen.print('Starting storage…');
    const storage = await startStorage(configured, dataDir);
    const { azurite, connectionString } = storage;
    if (azurite !== undefined) cleanups.push(() => azurite.stop());
    context.stop.throwIfAborted();
    await createStorageResources(connectionString, context.stop);
    const appUrl = localUrl(options.port);
    const acs = await startAcs(configured, {
      appUrl,
      port: options.emulatorPort,
      dialect: options.dialect,
    });
    const { emulator } = acs;
    if (emulator !== undefined) cleanups.push(() => emulator.close());
    const settings = { ...configured, ...acs.settings, AzureWebJobsStorage: connectionString };
    context.screen.print('Starting the app…');
    const voice = new Voice(context.screen);
    const app = await startApp({ ...options, dataDir }, { ...context, settings, log: voice.log });
    cleanups.push(() => app.stop());
    context.stop.throwIfAborted();
    introduce(app, { ...context, settings, log: voice.log, storage, acs, appUrl });
    return await Promise.race([
      options.demo && emulator !== undefined
        ? demonstrate({ ...context, appUrl }, voice)
        : aborted(context.stop),
      aborted(context.stop),
      app.ended,
      ...(azurite === undefined ? [] : [azurite.exited]),
    ]);
  } catch (error) {
    // Ctrl-C reaches esbuild and the app's process, too: one of them may end before this process hears of it.
    await nextTurn();
    if (context.stop.aborted) return undefined;
    throw error;
  } finally {
    if (cleanups.length > 1) context.screen.print('Stopping…');
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

async function prepareDataDir(options: StartOptions, cleanups: Cleanup[]): Promise<string> {
  if (options.dataDir !== undefined) {
    await ensureDataDir(options.dataDir);
    return options.dataDir;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'ringback-'));
  cleanups.push(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  return dataDir;
}

async function ensureDataDir(dataDir: string): Promise<void> {
  const found = await stat(dataDir).catch(() => undefined);
  if (found?.isDirectory() === false) throw new Error(`--data must be a folder: ${dataDir} is a file.`);
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Error(`--data must be a folder that can be written to: ${dataDir} cannot (${reason}).`, {
      cause: error,
    });
  }
}

interface AppContext extends LocalRunContext {
  readonly settings: Settings;
  readonly log: HostLog;
}

async function startApp(
  options: StartOptions & { dataDir: string },
  context: AppContext,
): Promise<RunningApp> {
  const { appRoot, env, settings } = context;
  const { port } = options;
  const func = options.host === 'embedded' ? undefined : findFunc({ appRoot, env });
  if (func?.kind === 'found') {
    return runUnderFunc({ funcPath: func.path, appRoot, port, settings });
  }
  if (options.host === 'func') {
    throw new Error(
      'Azure Functions Core Tools are not installed: leave --host out, or set FUNC_PATH to func.',
    );
  }
  const host = await startHost({
    appRoot,
    port,
    settings,
    dataDir: join(options.dataDir, 'host'),
    log: context.log,
  });
  return { functions: host.functions, ended: host.failed, stop: () => host.stop() };
}

interface Introduction extends AppContext {
  readonly appUrl: string;
  readonly storage: LocalStorage;
  readonly acs: LocalAcs;
}

function introduce(app: RunningApp, context: Introduction): void {
  const { settings, appUrl: baseUrl, storage, acs } = context;
  const print = (line: string) => context.screen.print(line);
  const secret = settings['CALLBACK_SECRET'] ?? '';
  print('');
  if (app.functions !== undefined) {
    print('Functions:');
    for (const line of describeFunctions(app.functions, baseUrl)) print(`  ${line}`);
    print('');
  }
  if (storage.azurite === undefined) print('Storage: the account that AzureWebJobsStorage names.');
  else print(`Storage: Azurite, connection string ${storage.connectionString}`);
  if (acs.emulator === undefined) print('ACS: the resource that the settings name. Calls are real.');
  else print(`ACS: the emulator and its callees, ${acs.emulator.url}/emulator/summary`);
  print('');
  print('Place a call; the answer has its key, under which to see how it goes:');
  print(`  ${placeCallCurl(baseUrl)}`);
  print(`  curl ${baseUrl}/api/calls/{callKey}`);
  print('Post an event as Azure Communication Services would:');
  print(`  ${exampleCurl(baseUrl, secret)}`);
  print('See what became of it:');
  print(`  curl ${baseUrl}/api/calls`);
  print('');
  print('Ctrl-C stops everything.');
}

/** Shows what the app does, with callees of the emulator only. Whatever becomes of it, the app goes on until it is stopped. */
async function demonstrate(context: DemoContext, voice: Voice): Promise<undefined> {
  const { screen, stop } = context;
  screen.print('');
  voice.hush();
  await runDemo(DEMO_CALLS, context).catch((error: unknown) => {
    if (!stop.aborted) screen.print(`The demonstration ended early: ${String(error)}`);
  });
  voice.speak();
  if (!stop.aborted) {
    screen.print('');
    screen.print(`Look closer: curl ${context.appUrl}/api/calls. From here on the app's log is shown.`);
  }
  return aborted(stop);
}

function localUrl(port: number): string {
  return `http://localhost:${port}`;
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise(resolve => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

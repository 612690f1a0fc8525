import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { vi } from 'vitest';
import type { HostLogEntry } from '../../local/host/host-log.ts';
import { type HostOptions, type RunningHost, startHost } from '../../local/host/start-host.ts';

const FIXTURES = resolve(import.meta.dirname, '..', 'fixtures');

/** A fixture app under the embedded host, and what it has logged. */
export interface RunningApp {
  readonly host: RunningHost;
  readonly settings: Readonly<Record<string, string>>;
  readonly logged: readonly HostLogEntry[];
  /** The messages of one function so far. */
  messagesOf(functionName: string): string[];
  /** Waits until a message that matches is logged. */
  waitForMessage(pattern: RegExp, timeoutMs?: number): Promise<string>;
  stop(): Promise<void>;
}

/** What differs from one start of a fixture app to the next. */
export interface AppOptions extends Partial<Omit<HostOptions, 'settings'>> {
  readonly app: 'host-app' | 'broken-app';
  readonly storageConnectionString: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Starts a fixture app on a free port, with queue names of its own. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const logged: HostLogEntry[] = [];
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'ringback-host-')));
  const settings = {
    AzureWebJobsStorage: options.storageConnectionString,
    WORK_QUEUE: `work-${randomUUID()}`,
    OTHER_QUEUE: `o-${randomUUID()}`,
    BINARY_QUEUE: `binary-${randomUUID()}`,
    DAILY: '0 0 3 * * *',
    ...options.settings,
  };
  const removeData = async () => {
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  const host = await startHost({
    port: 0,
    log: entry => logged.push(entry),
    ...options,
    appRoot: join(FIXTURES, options.app),
    dataDir,
    settings,
  }).catch(async (error: unknown) => {
    await removeData();
    throw error;
  });
  return {
    host,
    settings,
    logged,
    messagesOf: name => logged.filter(entry => entry.functionName === name).map(entry => entry.message),
    waitForMessage: (pattern, timeoutMs = 10_000) =>
      vi.waitFor(() => findMessage(logged, pattern), { timeout: timeoutMs, interval: 20 }),
    async stop() {
      await host.stop();
      await removeData();
    },
  };
}

function findMessage(logged: readonly HostLogEntry[], pattern: RegExp): string {
  const entry = logged.find(({ message }) => pattern.test(message));
  if (entry === undefined) throw new Error(`Nothing that matches ${pattern} was logged.`);
  return entry.message;
}

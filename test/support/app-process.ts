import { type ChildProcess, fork } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pollUntil } from './poll-until.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const STOP_TIMEOUT_MS = 40_000;

/** How the app is started. */
export interface AppProcessOptions {
  /** App settings; AzureWebJobsStorage and CALLBACK_SECRET at least. */
  readonly settings: Readonly<Record<string, string>>;
  /** Asked for at operator routes and admin endpoints; without it nobody is asked. */
  readonly keys?: { readonly hostKey: string; readonly masterKey: string };
  /** How long a message stays hidden after the process that worked on it was killed; 10 minutes unless given. */
  readonly queueLeaseSeconds?: number;
}

/** The built app under the embedded host, in processes of its own. */
export interface AppProcess {
  readonly url: string;
  /** All that the host and the app have printed. */
  readonly lines: readonly string[];
  /** Kills the process that runs the app's code; the host starts another. */
  killWorker(): void;
  /** Drains and ends it. */
  stop(): Promise<void>;
}

/**
 * Starts the built app (`dist/index.mjs`) under the embedded host on a free port, and resolves when it serves. It ends
 * with the process of the test, whatever becomes of that.
 */
export async function startAppProcess(options: AppProcessOptions): Promise<AppProcess> {
  const child = forkHost(options);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', line => lines.push(line));
  }
  const url = await pollUntil('the app serves', () => {
    if (child.exitCode !== null) throw new Error(`The app did not start:\n${lines.join('\n')}`);
    return firstMatch(lines, /Listening on (http\S+)/);
  });
  return {
    url,
    lines,
    killWorker() {
      process.kill(Number(firstMatch(lines.toReversed(), /process (\d+) runs \S*worker-main/)), 'SIGKILL');
    },
    stop: () => stop(child),
  };
}

function forkHost({ settings, keys, queueLeaseSeconds }: AppProcessOptions): ChildProcess {
  const args = ['--port', '0', '--verbose'];
  if (keys !== undefined) args.push('--host-key', keys.hostKey, '--master-key', keys.masterKey);
  if (queueLeaseSeconds !== undefined) args.push('--queue-lease-seconds', String(queueLeaseSeconds));
  return fork(join(ROOT, 'local', 'host', 'main.ts'), args, {
    execArgv: ['--require', join(ROOT, 'local', 'exit-with-parent.cjs')],
    env: {
      ...process.env,
      NODE_OPTIONS: `--require "${join(import.meta.dirname, 'announce-process.cjs')}"`,
      AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.250',
      CALLBACK_SECRET_PREVIOUS: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function firstMatch(lines: readonly string[], pattern: RegExp): string | undefined {
  for (const line of lines) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>(settle => child.once('exit', () => settle()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}

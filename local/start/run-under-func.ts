import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Settings } from '../host/settings.ts';
import type { RunningApp } from './running-app.ts';

const READY_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 40_000;
const POLL_INTERVAL_MS = 250;

/** What Core Tools run. */
export interface FuncOptions {
  readonly funcPath: string;
  readonly appRoot: string;
  readonly port: number;
  readonly settings: Settings;
}

/** Runs the app under `func start`, whose output goes to this terminal, and resolves when the host answers. */
export async function runUnderFunc(options: FuncOptions): Promise<RunningApp> {
  const child = spawnFunc(options);
  const ended = new Promise<string>(resolve => {
    child.once('exit', (code, signal) => resolve(`func ended (${signal ?? `code ${code}`}).`));
    child.once('error', error => resolve(`func could not be run: ${error.message}`));
  });
  const killAll = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killAll);
  const stop = async () => {
    signalGroup(child, 'SIGINT');
    const timer = setTimeout(killAll, STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(timer);
    // What func has started itself ends with it.
    killAll();
    process.removeListener('exit', killAll);
  };
  const problem = await Promise.race([waitUntilReady(options.port), ended]);
  if (problem !== undefined) {
    killAll();
    process.removeListener('exit', killAll);
    throw new Error(problem);
  }
  return { functions: undefined, ended, stop };
}

function spawnFunc({ funcPath, appRoot, port, settings }: FuncOptions): ChildProcess {
  return spawn(funcPath, ['start', '--port', String(port)], {
    cwd: appRoot,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: funcPath.endsWith('.cmd'),
    // A group of its own: Ctrl-C shall reach it once, from us, and the whole group can be ended.
    detached: process.platform !== 'win32',
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

async function waitUntilReady(port: number): Promise<string | undefined> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/admin/host/ping`);
      if (response.ok) return undefined;
    } catch {
      // Nobody listens yet.
    }
    await delay(POLL_INTERVAL_MS);
  }
  return `func did not answer on port ${port} within ${READY_TIMEOUT_MS / 1000} s.`;
}

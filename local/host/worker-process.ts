import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { HostLog } from './host-log.ts';
import { StartError } from './start-error.ts';
import type { FunctionMetadata } from './typed-data.ts';
import type { HostMessage, InvocationOutcome, InvocationRequest, WorkerMessage } from './worker-messages.ts';

const LOAD_TIMEOUT_MS = 30_000;
const TERMINATE_TIMEOUT_MS = 10_000;

/** What a worker process is started with; `env` is all of its environment. */
export interface WorkerOptions {
  readonly appRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: HostLog;
}

/** One process that runs the app's code. */
export interface WorkerProcess {
  /** The functions that the app registered; rejects with a StartError when it did not load within 30 s. */
  readonly loaded: Promise<readonly FunctionMetadata[]>;
  /** Resolves when the process has ended, with how it did. */
  readonly exited: Promise<string>;
  /** Runs a function. Never rejects: when the process ends first, that is a failed outcome. */
  invoke(request: InvocationRequest): Promise<InvocationOutcome>;
  /** Has the appTerminate hooks run, then ends the process; by force after 10 s. */
  terminate(): Promise<void>;
  /** Ends the process at once: what runs in it fails. */
  kill(): void;
}

/** Starts a worker process and has it load the app. */
export function spawnWorker(options: WorkerOptions): WorkerProcess {
  const child = forkWorker(options);
  forwardOutput(child, options.log);
  const pending = new Map<string, (outcome: InvocationOutcome) => void>();
  const loaded = Promise.withResolvers<readonly FunctionMetadata[]>();
  const terminated = Promise.withResolvers<void>();
  const exited = watchExit(child);
  const send = (message: HostMessage) => child.connected && child.send(message, () => undefined);

  const loadTimer = setTimeout(() => {
    loaded.reject(new StartError(`The app did not finish loading within ${LOAD_TIMEOUT_MS / 1000} s.`));
  }, LOAD_TIMEOUT_MS);
  loaded.promise.finally(() => clearTimeout(loadTimer)).catch(() => undefined);

  child.on('message', (message: WorkerMessage) => {
    if (message.type === 'loaded') loaded.resolve(message.functions);
    else if (message.type === 'loadFailed') loaded.reject(new StartError(message.reason));
    else if (message.type === 'terminated') terminated.resolve();
    else if (message.type === 'log') options.log(message);
    else pending.get(message.invocationId)?.(message.outcome);
  });
  void exited.then(how => {
    loaded.reject(new StartError(`The app's process ${how} while it loaded.`));
    for (const settle of pending.values()) {
      settle({ ok: false, error: `The app's process ${how} while the function ran.` });
    }
  });
  send({ type: 'load', appRoot: options.appRoot });

  return {
    loaded: loaded.promise,
    exited,
    invoke: request => invokeIn({ child, pending, send }, request),
    async terminate() {
      send({ type: 'terminate' });
      const timer = setTimeout(() => terminated.resolve(), TERMINATE_TIMEOUT_MS);
      await Promise.race([terminated.promise, exited]);
      clearTimeout(timer);
      child.kill('SIGKILL');
      await exited;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

interface Channel {
  readonly child: ChildProcess;
  readonly pending: Map<string, (outcome: InvocationOutcome) => void>;
  send(message: HostMessage): unknown;
}

async function invokeIn(channel: Channel, request: InvocationRequest): Promise<InvocationOutcome> {
  if (!channel.child.connected) return { ok: false, error: "The app's process is not running." };
  const outcome = Promise.withResolvers<InvocationOutcome>();
  channel.pending.set(request.invocationId, outcome.resolve);
  channel.send({ type: 'invoke', ...request });
  try {
    return await outcome.promise;
  } finally {
    channel.pending.delete(request.invocationId);
  }
}

function forkWorker(options: WorkerOptions): ChildProcess {
  return fork(join(import.meta.dirname, 'worker', 'worker-main.ts'), {
    cwd: options.appRoot,
    env: options.env,
    execArgv: ['--enable-source-maps'],
    // Bodies travel as bytes, which JSON could not carry.
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function forwardOutput(child: ChildProcess, log: HostLog): void {
  const outputs = [
    { stream: child.stdout, level: 'information' },
    { stream: child.stderr, level: 'warning' },
  ] as const;
  for (const { stream, level } of outputs) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', message => log({ level, message }));
  }
}

function watchExit(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.once('exit', (code, signal) => {
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`);
    });
    child.once('error', error => resolve(`could not be run (${error.message})`));
  });
}

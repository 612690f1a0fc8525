import { setTimeout as delay } from 'node:timers/promises';
import type { FunctionMetadata } from './typed-data.ts';
import type { InvocationOutcome, InvocationRequest } from './worker-messages.ts';
import { spawnWorker, type WorkerOptions, type WorkerProcess } from './worker-process.ts';

const MAX_FAILED_RESTARTS = 3;
const RESTART_DELAY_MS = 1_000;

/** What the supervisor needs besides the worker's own options. */
export interface SupervisorOptions extends WorkerOptions {
  /** A run that takes longer fails, and the process that it ran in is replaced; undefined for no limit. */
  readonly functionTimeoutMs: number | undefined;
}

/**
 * Keeps one worker process alive. As on the real host, a process that ends fails all runs in it and is replaced at
 * once, and runs asked for meanwhile wait for the new one. After three failed restarts in a row it gives up.
 */
export class WorkerSupervisor {
  readonly #options: SupervisorOptions;
  #worker: WorkerProcess;
  #ready: Promise<readonly FunctionMetadata[]>;
  #stopping = false;
  readonly #gaveUp = Promise.withResolvers<string>();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#worker = spawnWorker(options);
    this.#ready = this.#worker.loaded;
    this.#ready.catch(() => undefined);
  }

  /** Resolves, with the reason, when the app could not be started again: every run fails from then on. */
  get gaveUp(): Promise<string> {
    return this.#gaveUp.promise;
  }

  /** Waits for the first load and gives the app's functions; rejects with a StartError, and leaves no process. */
  async start(): Promise<readonly FunctionMetadata[]> {
    try {
      const functions = await this.#ready;
      this.#watch(this.#worker);
      return functions;
    } catch (error) {
      this.kill();
      await this.#worker.exited;
      throw error;
    }
  }

  /** Runs a function, waiting for a restart when one is under way. Never rejects. */
  async invoke(request: InvocationRequest): Promise<InvocationOutcome> {
    try {
      await this.#ready;
    } catch (error) {
      return { ok: false, error: `The app is not running: ${String(error)}` };
    }
    const worker = this.#worker;
    const limitMs = this.#options.functionTimeoutMs;
    if (limitMs === undefined) return worker.invoke(request);
    const timer = setTimeout(() => this.#timeOut(worker, request, limitMs), limitMs);
    const outcome = await worker.invoke(request);
    clearTimeout(timer);
    return outcome;
  }

  /** Runs the appTerminate hooks and ends the process for good. */
  async terminate(): Promise<void> {
    this.#stopping = true;
    await this.#worker.terminate();
  }

  /** Ends the process for good, at once. */
  kill(): void {
    this.#stopping = true;
    this.#worker.kill();
  }

  #timeOut(worker: WorkerProcess, request: InvocationRequest, limitMs: number): void {
    this.#options.log({
      level: 'error',
      message: `Timeout value of ${limitMs / 1000} s exceeded: the app's process is replaced.`,
      functionName: request.functionName,
      invocationId: request.invocationId,
    });
    worker.kill();
  }

  #watch(worker: WorkerProcess): void {
    void worker.exited.then(how => {
      if (this.#stopping) return;
      this.#options.log({ level: 'error', message: `The app's process ${how}; it is started again.` });
      this.#ready = this.#restart();
      this.#ready.catch((error: unknown) => {
        if (this.#stopping) return;
        const reason = `The app could not be started again: ${String(error)}`;
        this.#options.log({ level: 'critical', message: reason });
        this.#gaveUp.resolve(reason);
      });
    });
  }

  async #restart(): Promise<readonly FunctionMetadata[]> {
    for (let attempt = 1; ; attempt++) {
      if (this.#stopping) throw new Error('The host is stopping.');
      this.#worker = spawnWorker(this.#options);
      try {
        const functions = await this.#worker.loaded;
        this.#watch(this.#worker);
        return functions;
      } catch (error) {
        this.#worker.kill();
        if (attempt === MAX_FAILED_RESTARTS) throw error;
        await delay(RESTART_DELAY_MS);
      }
    }
  }
}

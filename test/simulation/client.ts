import { type CallRequest, requestCall } from '../../shared/processing/request-call.ts';
import { StorageError } from '../../shared/store/storage-error.ts';
import type { SimulatedApp } from './compose-process.ts';
import type { Observer } from './observer.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedProcess } from './simulated-process.ts';

const RETRY_MS = { from: 1_000, to: 20_000 } as const;

const REQUEST: CallRequest = {
  action: { kind: 'placeCall', to: ['8:acs:callee'], modalities: ['audio'], events: [] },
  scope: 'place',
  key: 'one-call',
};

/** Whoever asks for a call over HTTP: asks again, with the same Idempotency-Key, until there is an answer. */
export class Client {
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #observer: Observer;
  readonly #processes: readonly SimulatedProcess[];
  #isWaiting = false;
  /** The key of the call that the answer named. */
  #callKey: string | undefined;

  constructor(options: {
    readonly scheduler: Scheduler;
    readonly random: Random;
    readonly observer: Observer;
    readonly processes: readonly SimulatedProcess[];
  }) {
    this.#scheduler = options.scheduler;
    this.#random = options.random;
    this.#observer = options.observer;
    this.#processes = options.processes;
  }

  get isDone(): boolean {
    return !this.#isWaiting;
  }

  /** The call that the client was told of; undefined where it asked for none. */
  get callKey(): string | undefined {
    return this.#callKey;
  }

  askAt(atMs: number): void {
    this.#isWaiting = true;
    this.#scheduler.at(atMs, () => this.#ask());
  }

  #ask(): void {
    const up = this.#processes.filter(({ app }) => app !== undefined);
    if (up.length === 0) {
      this.#again();
      return;
    }
    const process = this.#random.pick(up);
    const drop = () => this.#again();
    process.connections.add(drop);
    void this.#request(process, drop);
  }

  async #request(process: SimulatedProcess, drop: () => void): Promise<void> {
    await this.#step(process, 'C1 receive request');
    const { app } = process;
    if (app === undefined) return;
    const callKey = await this.#callKeyFrom(app);
    await this.#step(process, 'C1 answer request');
    process.connections.delete(drop);
    if (callKey === undefined) this.#again();
    else this.#answered(callKey);
  }

  async #callKeyFrom({ requests }: SimulatedApp): Promise<string | undefined> {
    try {
      const requested = await requestCall(requests, REQUEST);
      if (requested.ok) return requested.callKey;
      this.#observer.violate('error', `a call is refused: ${requested.problem.detail}`);
    } catch (error) {
      if (!(error instanceof StorageError && error.transient)) this.#observer.violate('error', String(error));
    }
    return undefined;
  }

  #answered(callKey: string): void {
    this.#isWaiting = false;
    this.#callKey = callKey;
  }

  #again(): void {
    this.#observer.count('E request sent again');
    const delayMs = this.#random.between(RETRY_MS.from, RETRY_MS.to);
    this.#scheduler.at(this.#scheduler.nowMs + delayMs, () => this.#ask());
  }

  #step(process: SimulatedProcess, name: string): Promise<void> {
    return this.#scheduler.take(process, { name, kind: 'http', effect: () => undefined });
  }
}

import { type CallRequest, requestCall } from '../../shared/processing/request-call.ts';
import { StorageError } from '../../shared/store/storage-error.ts';
import type { SimulatedApp } from './compose-process.ts';
import type { Observer } from './observer.ts';
import type { Random } from './random.ts';
import type { PlacedCall } from './scenario.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedProcess } from './simulated-process.ts';

const RETRY_MS = { from: 1_000, to: 20_000 } as const;

/** What is asked for with the number of a call in its history. */
function requestOf(call: PlacedCall, number: number): CallRequest {
  const to = [calleeOf(call, number)];
  const callee = call.needsLine === true ? { to, callerId: '4:+18335550100' } : { to };
  return {
    action: { kind: 'placeCall', ...callee, modalities: ['audio'], events: [] },
    scope: 'place',
    key: `call-${number}`,
    flow: call.flow,
  };
}

/** Whom the call with a number in its history is to reach: no other call of it is to. */
export function calleeOf({ needsLine = false }: PlacedCall, number: number): string {
  return needsLine ? `4:+1425555010${number}` : `8:acs:callee-${number}`;
}

/** Whoever asks for a call over HTTP: asks again, with the same Idempotency-Key, until there is an answer. */
export class Client {
  /** Whom it asks to be called. */
  readonly callee: string;
  readonly #request: CallRequest;
  readonly #scheduler: Scheduler;
  readonly #random: Random;
  readonly #observer: Observer;
  readonly #processes: readonly SimulatedProcess[];
  readonly #atMs: number;
  #isWaiting = true;
  /** The key of the call that the answer named. */
  #callKey: string | undefined;

  constructor(options: {
    readonly call: PlacedCall;
    /** Of the call, in its history. */
    readonly number: number;
    /** When the history begins. */
    readonly startMs: number;
    readonly scheduler: Scheduler;
    readonly random: Random;
    readonly observer: Observer;
    readonly processes: readonly SimulatedProcess[];
  }) {
    const { call, number } = options;
    this.#request = requestOf(call, number);
    this.callee = calleeOf(call, number);
    this.#atMs = options.startMs + call.askedAtMs;
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

  ask(): void {
    this.#scheduler.at(this.#atMs, () => this.#ask());
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
    void this.#send(process, drop);
  }

  async #send(process: SimulatedProcess, drop: () => void): Promise<void> {
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
      const requested = await requestCall(requests, this.#request);
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

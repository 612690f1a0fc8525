import type { SimulatedApp } from './compose-process.ts';
import type { Actor } from './scheduler.ts';

/** One process of the app under its Functions host: it can die at any step, and comes back with nothing in memory. */
export class SimulatedProcess implements Actor {
  readonly id: number;
  readonly skewMs: number;
  life = 0;
  /** Messages that are being processed, by queue. */
  readonly running = new Map<string, number>();
  /** Queues that a receive is under way for. */
  readonly receiving = new Set<string>();
  /** Senders of callbacks that have no answer yet: each is told when its connection drops. */
  readonly connections = new Set<() => void>();
  #app: SimulatedApp | undefined;
  readonly #compose: (process: SimulatedProcess) => SimulatedApp;
  readonly #onCrash: (process: SimulatedProcess) => void;

  constructor(options: {
    readonly id: number;
    readonly skewMs: number;
    readonly compose: (process: SimulatedProcess) => SimulatedApp;
    readonly onCrash: (process: SimulatedProcess) => void;
  }) {
    this.id = options.id;
    this.skewMs = options.skewMs;
    this.#compose = options.compose;
    this.#onCrash = options.onCrash;
  }

  /** Undefined while the process is down. */
  get app(): SimulatedApp | undefined {
    return this.#app;
  }

  start(): void {
    this.#app = this.#compose(this);
  }

  crash(): void {
    this.life += 1;
    this.#app = undefined;
    this.running.clear();
    this.receiving.clear();
    const dropped = [...this.connections];
    this.connections.clear();
    for (const drop of dropped) drop();
    this.#onCrash(this);
  }
}

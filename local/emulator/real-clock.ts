import type { Clock, Timer } from './core/clock.ts';

/** The clock of this machine. What happens on calls goes so many times faster, but is stamped with the real time. */
export class RealClock implements Clock {
  readonly #speed: number;
  readonly #pending = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(speed: number) {
    this.#speed = speed;
  }

  now(): number {
    return Date.now();
  }

  after(ms: number, then: () => void): Timer {
    if (this.#stopped) return { cancel: () => undefined };
    const timeout = setTimeout(() => {
      this.#pending.delete(timeout);
      then();
    }, ms / this.#speed);
    this.#pending.add(timeout);
    return {
      cancel: () => {
        this.#pending.delete(timeout);
        clearTimeout(timeout);
      },
    };
  }

  /** Nothing happens any more. */
  stop(): void {
    this.#stopped = true;
    for (const timeout of this.#pending) clearTimeout(timeout);
    this.#pending.clear();
  }
}

import type { Clock, Timer } from '../../../local/emulator/core/clock.ts';

interface Entry {
  readonly dueMs: number;
  readonly then: () => void;
}

/** A clock that stands still until it is turned. What is due at one moment happens in the order in which it was asked for. */
export class VirtualClock implements Clock {
  #nowMs: number;
  #pending: Entry[] = [];

  constructor(startMs = Date.UTC(2021, 4, 5, 20)) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(ms: number, then: () => void): Timer {
    const entry = { dueMs: this.#nowMs + ms, then };
    this.#pending.push(entry);
    return {
      cancel: () => {
        this.#pending = this.#pending.filter(other => other !== entry);
      },
    };
  }

  /** Lets so many seconds go by. */
  turn(seconds: number): void {
    const untilMs = this.#nowMs + seconds * 1000;
    for (;;) {
      const next = this.#pending.toSorted((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined || next.dueMs > untilMs) break;
      this.#pending = this.#pending.filter(entry => entry !== next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.then();
    }
    this.#nowMs = untilMs;
  }
}

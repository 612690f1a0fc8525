import { VisibilityHeap, type VisibilityItem } from '../../shared/queues/visibility-heap.ts';
import type { Clock, Timer } from './core/clock.ts';

interface Pending extends VisibilityItem {
  readonly then: () => void;
  isDue: boolean;
}

/**
 * The clock of this machine. What happens on calls goes so many times faster, but is stamped with the real time.
 *
 * What is due happens in the order in which it is due, and what follows from it counts from then, however late the machine
 * comes to it: Node's own timers promise neither, and a busy machine would change what a call meets.
 */
export class RealClock implements Clock {
  readonly #speed: number;
  readonly #pending = new VisibilityHeap<Pending>();
  #count = 0;
  /** When that which happens right now was due. */
  #momentMs: number | undefined;
  #alarm: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param speed how many times faster than in life. */
  constructor(speed: number) {
    this.#speed = speed;
  }

  now(): number {
    return Date.now();
  }

  after(ms: number, then: () => void): Timer {
    const visibleAtMs = (this.#momentMs ?? performance.now()) + ms / this.#speed;
    this.#count += 1;
    const item: Pending = { visibleAtMs, order: this.#count, position: 0, then, isDue: false };
    this.#pending.add(item);
    if (this.#momentMs === undefined && this.#pending.first === item) this.#setAlarm();
    return {
      cancel: () => {
        if (!item.isDue) this.#pending.remove(item);
        item.isDue = true;
      },
    };
  }

  /** Nothing happens any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#alarm);
  }

  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const { first } = this.#pending;
    if (first === undefined || this.#stopped) return;
    this.#alarm = setTimeout(() => this.#run(), Math.max(0, first.visibleAtMs - performance.now()));
  }

  #run(): void {
    const nowMs = performance.now();
    try {
      for (;;) {
        const { first } = this.#pending;
        if (first === undefined || first.visibleAtMs > nowMs || this.#stopped) break;
        this.#pending.remove(first);
        first.isDue = true;
        this.#momentMs = first.visibleAtMs;
        first.then();
      }
    } finally {
      this.#momentMs = undefined;
      this.#setAlarm();
    }
  }
}

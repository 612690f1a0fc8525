/** Something that is to happen later. */
export interface Timer {
  cancel(): void;
}

/** Time as the calls have it: the real clock at some speed, or one that a test turns. */
export interface Clock {
  /** Milliseconds since 1970, as an event's time tells it. */
  now(): number;
  /** Calls back once, when so many milliseconds of a call's time have gone by. */
  after(ms: number, then: () => void): Timer;
}

/** The timers of one thing, which end with it. */
export class Timers {
  readonly #clock: Clock;
  readonly #pending = new Set<Timer>();
  #ended = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls back after so many seconds, unless all was cancelled before. */
  afterSeconds(seconds: number, then: () => void): void {
    if (this.#ended) return;
    const timer = this.#clock.after(seconds * 1000, () => {
      this.#pending.delete(timer);
      then();
    });
    this.#pending.add(timer);
  }

  /** Cancels what is pending and takes nothing more. */
  end(): void {
    this.#ended = true;
    for (const timer of this.#pending) timer.cancel();
    this.#pending.clear();
  }
}

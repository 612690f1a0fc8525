import { setImmediate } from 'node:timers/promises';

/** Watches for promises that fail while nobody waits for them: in production they end the process. */
export class Unawaited {
  readonly #errors: unknown[] = [];
  readonly #note = (error: unknown) => void this.#errors.push(error);

  constructor() {
    process.on('unhandledRejection', this.#note);
  }

  /** Stops watching; the errors of those that failed. Node tells of them when the event loop turns, and not before. */
  async end(): Promise<readonly unknown[]> {
    await setImmediate();
    process.off('unhandledRejection', this.#note);
    return this.#errors;
  }
}

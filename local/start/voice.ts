import { type HostLog, lineLog } from '../host/host-log.ts';
import type { Screen } from './screen.ts';

/** How much of the log of the host and the app is shown: all of it, or only what somebody has to know. */
export class Voice {
  readonly #all: HostLog;
  readonly #warnings: HostLog;
  #isHushed = false;

  constructor(screen: Screen) {
    const write = (line: string) => screen.print(line);
    this.#all = lineLog('information', write);
    this.#warnings = lineLog('warning', write);
  }

  readonly log: HostLog = entry => {
    const log = this.#isHushed ? this.#warnings : this.#all;
    log(entry);
  };

  /** From now on only warnings and errors. */
  hush(): void {
    this.#isHushed = true;
  }

  /** From now on everything. */
  speak(): void {
    this.#isHushed = false;
  }
}

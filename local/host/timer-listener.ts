import type { TimerFunction } from './function-catalog.ts';
import type { HostLog } from './host-log.ts';
import type { Invoker } from './invoker.ts';
import { createTimerData, type TimerStatus } from './timer-data.ts';
import { type TimerStatusFile, timerStatusFile } from './timer-status-file.ts';

/** setTimeout cannot wait longer than 2^31 ms. */
const MAX_WAIT_MS = 24 * 60 * 60_000;
const NEVER = '0001-01-01T00:00:00+00:00';

/** What a timer runs with. */
export interface TimerListenerOptions {
  readonly target: TimerFunction;
  readonly invoker: Invoker;
  readonly dataDir: string;
  readonly log: HostLog;
}

/**
 * Runs a function by its schedule, never twice at a time. At the start it runs at once when its stored next time has
 * passed (`isPastDue`), or when it asks to run on start-up. A schedule that comes due more than once a minute keeps no
 * status. A failed run is logged and not repeated.
 */
export class TimerListener {
  readonly #options: TimerListenerOptions;
  readonly #file: TimerStatusFile | undefined;
  #status: TimerStatus | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: TimerListenerOptions) {
    this.#options = options;
    const { target, dataDir } = options;
    const monitored = target.useMonitor && !target.schedule.isFrequent;
    this.#file = monitored ? timerStatusFile(dataDir, target.name) : undefined;
  }

  /** Begins; resolves when the schedule is running, not when a first run has ended. */
  async start(): Promise<void> {
    const now = new Date();
    const { schedule, runOnStartup } = this.#options.target;
    if (this.#file !== undefined) {
      this.#status = await this.#file.read();
      this.#status ??= await this.#store({ last: NEVER, next: isoTime(schedule.next(now)), now });
    }
    const isPastDue = this.#status !== undefined && Date.parse(this.#status.next) < now.getTime();
    if (isPastDue || runOnStartup) this.#running = this.#run(isPastDue);
    else this.#schedule();
  }

  /** Starts no more runs and resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(): void {
    const next = this.#options.target.schedule.next(new Date());
    if (this.#stopped || next === undefined) return;
    this.#waitUntil(next.getTime());
  }

  #waitUntil(dueMs: number): void {
    const waitMs = dueMs - Date.now();
    this.#timer = setTimeout(
      () => {
        if (waitMs > MAX_WAIT_MS) this.#waitUntil(dueMs);
        else this.#running = this.#run(false);
      },
      Math.min(Math.max(waitMs, 0), MAX_WAIT_MS),
    );
  }

  async #run(isPastDue: boolean): Promise<void> {
    const { target, invoker, log } = this.#options;
    const startedAt = new Date();
    const triggerData = createTimerData({ status: this.#status, isPastDue });
    await invoker.invoke({ functionName: target.name, triggerData });
    try {
      if (this.#file !== undefined) {
        const next = isoTime(target.schedule.next(new Date()));
        this.#status = await this.#store({ last: isoTime(startedAt), next, now: new Date() });
      }
    } catch (error) {
      log({
        level: 'error',
        message: `The timer's status could not be kept: ${String(error)}`,
        functionName: target.name,
      });
    }
    this.#schedule();
  }

  async #store(times: { last: string; next: string; now: Date }): Promise<TimerStatus> {
    const status = { last: times.last, next: times.next, lastUpdated: isoTime(times.now) };
    await this.#file?.write(status);
    return status;
  }
}

function isoTime(time: Date | undefined): string {
  return time === undefined ? '9999-12-31T23:59:59+00:00' : time.toISOString().replace('Z', '+00:00');
}

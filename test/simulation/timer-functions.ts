import type { SimulatedProcess } from './simulated-process.ts';
import type { World } from './world.ts';

const PURGE_EVERY_MS = 900_000;

/** The functions that go by the clock: each runs, in one process, as long as there is anything going on. */
export class TimerFunctions {
  readonly #sweep: TimerFunction;
  readonly #purge: TimerFunction;
  readonly #world: World;

  constructor(world: World) {
    const { host, scenario } = world;
    const sweepMs = scenario.sweepEverySeconds === null ? undefined : scenario.sweepEverySeconds * 1000;
    const purgeMs = scenario.keptSeconds == null ? undefined : PURGE_EVERY_MS;
    this.#world = world;
    this.#sweep = new TimerFunction(world, sweepMs, process => host.sweep(process));
    this.#purge = new TimerFunction(world, purgeMs, process => host.purge(process));
  }

  /** Brings in what the host has to do; returns when to look again, if there is nothing now. */
  offer(): number | undefined {
    const wakesAtMs = this.#world.host.offer();
    this.#sweep.offer();
    this.#purge.offer();
    return wakesAtMs;
  }

  /** Runs them once more, each at its next time, though nothing is going on. */
  runSoon(): void {
    this.#sweep.arm();
    this.#purge.arm();
  }
}

class TimerFunction {
  readonly #world: World;
  readonly #everyMs: number | undefined;
  readonly #run: (process: SimulatedProcess) => Promise<void>;
  #isArmed = false;

  /** @param everyMs undefined where it does not run at all. */
  constructor(world: World, everyMs: number | undefined, run: (process: SimulatedProcess) => Promise<void>) {
    this.#world = world;
    this.#everyMs = everyMs;
    this.#run = run;
  }

  offer(): void {
    if (this.#everyMs !== undefined && !this.#isArmed && this.#world.isBusy) this.arm();
  }

  arm(): void {
    if (this.#everyMs === undefined) return;
    const { scheduler, processes } = this.#world;
    this.#isArmed = true;
    scheduler.at((Math.floor(scheduler.nowMs / this.#everyMs) + 1) * this.#everyMs, () => {
      this.#isArmed = false;
      const up = processes.find(({ app }) => app !== undefined);
      if (up !== undefined) void this.#run(up);
    });
  }
}

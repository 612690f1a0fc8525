import { QUIET } from './compose-process.ts';
import type { FaultName } from './faults.ts';
import { checkInvariants } from './invariants/check-invariants.ts';
import type { Scenario } from './scenario.ts';
import { type Plant, START_MS, World } from './world.ts';

/** What one history came to. */
export interface HistoryResult {
  readonly scenario: Scenario;
  readonly violations: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly injected: Readonly<Record<string, FaultName>>;
  /** The steps that were taken, in no particular order; only for histories without faults by chance. */
  readonly stepNames: readonly string[];
  readonly steps: number;
  /** How long it took, in virtual seconds. */
  readonly seconds: number;
}

const STEPS_MAX = 6_000;
const QUIET_MS = Math.max(QUIET.quietConnectedHours * 3_600_000, QUIET.quietConnectingMinutes * 60_000);
/** The sweep runs on when all is quiet: soon, then when calls count as gone quiet, and to clear up behind that. */
const PAUSES_AT_REST_MS = [QUIET_MS, QUIET_MS, 180_000] as const;
const PAUSES_WITH_FAULTS = 0;

/** Runs a history to its rest and checks what must be true then. */
export async function runHistory(scenario: Scenario, plant?: Plant): Promise<HistoryResult> {
  const world = new World(scenario, plant);
  const { scheduler, observer, faults } = world;
  for (const process of world.processes) process.start();
  for (const delivery of scenario.deliveries) world.environment.send(delivery, START_MS + delivery.atMs);
  const sweeper = new Sweeper(world);
  let rest = await scheduler.run({ offer: () => sweeper.offer(), stepsMax: STEPS_MAX });
  for (const [index, pauseMs] of (sweeper.isOn ? PAUSES_AT_REST_MS : []).entries()) {
    if (rest === 'noRest' || !(await world.isForTheSweep())) break;
    if (index > PAUSES_WITH_FAULTS) faults.end();
    scheduler.nowMs += pauseMs;
    sweeper.sweepSoon();
    rest = await scheduler.run({ offer: () => sweeper.offer(), stepsMax: STEPS_MAX });
  }
  if (rest === 'noRest') observer.violate('I6', `no rest after ${scheduler.steps} steps`);
  await checkInvariants(world);
  return {
    scenario,
    violations: observer.violations,
    counts: observer.counts,
    injected: faults.injected,
    stepNames: 'exactly' in scenario.faults ? faults.steps() : [],
    steps: scheduler.steps,
    seconds: Math.round((scheduler.nowMs - START_MS) / 1000),
  };
}

/** Runs the sweep by the clock as long as there is anything going on. */
class Sweeper {
  readonly #world: World;
  readonly #everyMs: number | undefined;
  #isArmed = false;

  constructor(world: World) {
    this.#world = world;
    const { sweepEverySeconds } = world.scenario;
    this.#everyMs = sweepEverySeconds === null ? undefined : sweepEverySeconds * 1000;
  }

  get isOn(): boolean {
    return this.#everyMs !== undefined;
  }

  offer(): number | undefined {
    const wakesAtMs = this.#world.host.offer();
    if (this.#everyMs !== undefined && !this.#isArmed && this.#isBusy()) this.#arm(this.#everyMs);
    return wakesAtMs;
  }

  sweepSoon(): void {
    this.#arm(this.#everyMs ?? 60_000);
  }

  #isBusy(): boolean {
    const { environment, host } = this.#world;
    return !environment.isDone || host.isBusy;
  }

  #arm(everyMs: number): void {
    const { scheduler, processes, host } = this.#world;
    this.#isArmed = true;
    scheduler.at((Math.floor(scheduler.nowMs / everyMs) + 1) * everyMs, () => {
      this.#isArmed = false;
      const up = processes.find(({ app }) => app !== undefined);
      if (up !== undefined) void host.sweep(up);
    });
  }
}

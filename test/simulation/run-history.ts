import { QUIET } from './compose-process.ts';
import type { Counts } from './counts.ts';
import type { FaultName } from './faults.ts';
import { checkInvariants } from './invariants/check-invariants.ts';
import type { Scenario } from './scenario.ts';
import { TimerFunctions } from './timer-functions.ts';
import { Unawaited } from './unawaited.ts';
import { type Plant, START_MS, World } from './world.ts';

/** What one history came to. */
export interface HistoryResult {
  readonly scenario: Scenario;
  readonly violations: readonly string[];
  readonly counts: Counts;
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
/** Longer than the clocks of two workers can be apart, and than a run that died can hold up the next. */
const MARGIN_MS = 240_000;

/** Runs a history to its rest and checks what must be true then. */
export async function runHistory(scenario: Scenario, plant?: Plant): Promise<HistoryResult> {
  const unawaited = new Unawaited();
  const world = new World(scenario, plant);
  const { scheduler, observer, faults } = world;
  for (const process of world.processes) process.start();
  for (const delivery of scenario.deliveries) world.environment.send(delivery, START_MS + delivery.atMs);
  for (const client of world.clients) client.ask();
  const timers = new TimerFunctions(world);
  const toRest = (pauseMs: number) => {
    scheduler.nowMs += pauseMs;
    if (pauseMs > 0) timers.runSoon();
    return scheduler.run({ offer: () => timers.offer(), stepsMax: STEPS_MAX });
  };
  let rest = await toRest(0);
  // Calls that share a line go quiet one after the other.
  const inTurn = (scenario.placed ?? []).slice(1).map(() => QUIET_MS);
  for (const [index, pauseMs] of [...inTurn, ...PAUSES_AT_REST_MS].entries()) {
    if (rest === 'noRest' || !world.isForTheSweep()) break;
    if (index > PAUSES_WITH_FAULTS) faults.end();
    rest = await toRest(pauseMs);
  }
  faults.end();
  const { keptSeconds = null } = scenario;
  if (keptSeconds !== null && rest === 'rest') rest = await toRest(keptSeconds * 1000 + MARGIN_MS);
  if (rest === 'noRest') observer.violate('I6', `no rest after ${scheduler.steps} steps`);
  checkInvariants(world);
  for (const error of await unawaited.end()) observer.violate('error', `nobody waits for: ${String(error)}`);
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

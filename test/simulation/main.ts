import { runCommand } from '../../local/command-line.ts';
import { Counts } from './counts.ts';
import { countRows, rowsNeverMet } from './fault-rows.ts';
import { findBug } from './find-bug.ts';
import { readFixture, writeFixture } from './fixtures.ts';
import { OPTIONS, type SimulateOptions, simulateOptions, USAGE } from './options.ts';
import { type HistoryResult, runHistory } from './run-history.ts';
import type { Failure } from './run-seeds.ts';
import { replayCommand, runThreads } from './run-threads.ts';
import { shrink } from './shrink.ts';
import type { ThreadReport } from './simulation-thread.ts';
import { CRASH_SCENARIOS, type CrashResult, everyArrival, everyCrash, sampledPairs } from './systematic.ts';
import type { Plant } from './world.ts';

const PAIRS = 150;
const REPLAYED_CRASHES = 3;
/** Fewer histories may by chance miss a row of the fault table. */
const FULL_RUN_HISTORIES = 5_000;

async function replay(path: string): Promise<number> {
  const { broke, scenario } = await readFixture(path);
  console.log(`broke once: ${broke}`);
  const { violations, injected, steps, seconds } = await runHistory(scenario);
  for (const [step, fault] of Object.entries(injected)) console.log(`  fault: ${step} ${fault}`);
  console.log(`${steps} steps, ${seconds} virtual seconds, ${violations.length} violations`);
  for (const violation of violations) console.log(`  ${violation}`);
  return violations.length === 0 ? 0 : 1;
}

async function simulate(options: SimulateOptions): Promise<number> {
  const { seconds, seed, profile, onlyLong, historiesMax, isSystematic } = options;
  if (isSystematic && !(await systematic(seed))) return 1;
  const before = process.cpuUsage();
  const untilMs = Date.now() + 1000 * seconds;
  const reports = await runThreads({ seed, historiesMax, profile, onlyLong, untilMs });
  const { user, system } = process.cpuUsage(before);
  return summarise(reports, (user + system) / 1_000_000, options);
}

/** No bug but what is in the source itself: this is run in a patched copy of it. */
function plantOf({ profile, onlyLong }: SimulateOptions): Plant {
  return { onlyLong, ...(profile === undefined ? {} : { profile }) };
}

async function summarise(
  reports: readonly ThreadReport[],
  cpuSeconds: number,
  { profile, onlyLong }: SimulateOptions,
): Promise<number> {
  const all = new Counts();
  for (const report of reports) {
    for (const [what, times] of Object.entries(report.counts)) all.add(what, times);
  }
  const counts = all.toObject();
  const histories = reports.reduce((sum, report) => sum + report.histories, 0);
  const faulty = reports.reduce((sum, report) => sum + report.faulty, 0);
  const steps = reports.reduce((sum, report) => sum + report.steps, 0);
  const failures = reports.flatMap(report => report.failures);
  if (process.stderr.isTTY) process.stderr.write('\r');
  printRows(counts);
  console.log(
    `${histories} histories (${faulty} with faults), ${steps} steps, ${Math.round(histories / cpuSeconds)} per CPU second, ` +
      `${failures.length} with violations`,
  );
  for (const failure of failures) await printFailure(failure, onlyLong);
  const isFull = profile === undefined && histories >= FULL_RUN_HISTORIES;
  const neverMet = isFull ? rowsNeverMet(counts) : [];
  if (neverMet.length > 0) console.log(`rows of the fault table that were never met: ${neverMet.join(', ')}`);
  return failures.length > 0 || neverMet.length > 0 ? 1 : 0;
}

function printRows(counts: Readonly<Record<string, number>>): void {
  for (const { row, before, after, times } of countRows(counts)) {
    const numbers = times === undefined ? `${before} before, ${after} after` : `${times}`;
    console.log(`${row.id.padEnd(4)} ${row.title.padEnd(58)} ${numbers}`);
  }
}

async function printFailure(
  { seed, profile, scenario, violations }: Failure,
  onlyLong: boolean,
): Promise<void> {
  console.log(`\nseed ${seed}, profile ${profile}:`);
  for (const violation of violations) console.log(`  ${violation}`);
  console.log(`replay: ${replayCommand({ seed, profile, onlyLong })}`);
  const smaller = await shrink(scenario);
  console.log(
    `shrunk to: npm run simulate -- --replay ${writeFixture(smaller.scenario, smaller.violations)}`,
  );
}

/** Every crash of some scenarios, sampled pairs of them, and every order of a short call. */
async function systematic(seed: number): Promise<boolean> {
  let failed = 0;
  const note = (what: string, { violations, scenario }: HistoryResult) => {
    if (violations.length === 0) return;
    failed += 1;
    console.log(`${what}: ${violations.join('; ')}`);
    // One mistake mostly breaks many of them: a few to run again are enough.
    if (failed <= REPLAYED_CRASHES)
      console.log(
        `replay: npm run simulate -- --replay ${writeFixture(scenario, violations, `crash-${failed}`)}`,
      );
  };
  for (const [name, scenario] of Object.entries(CRASH_SCENARIOS)) {
    let runs = 0;
    const notes = ({ faults, result }: CrashResult) => {
      runs += 1;
      note(`${name}, ${JSON.stringify(faults)}`, result);
    };
    for await (const crash of everyCrash(scenario)) notes(crash);
    const singles = runs;
    for await (const pair of sampledPairs(scenario, { count: PAIRS, seed })) notes(pair);
    console.log(`${name}: ${singles} single crashes, ${runs - singles} pairs`);
  }
  let orders = 0;
  for await (const result of everyArrival()) {
    orders += 1;
    note(JSON.stringify(result.scenario.deliveries), result);
  }
  console.log(`every order of a short call: ${orders}`);
  return failed === 0;
}

async function run(options: SimulateOptions): Promise<number> {
  if (options.replay !== undefined) return replay(options.replay);
  if (!options.isFiveSeeds) return simulate(options);
  console.log(JSON.stringify(await findBug(plantOf(options))));
  return 0;
}

process.exitCode = await runCommand({
  usage: USAGE,
  options: OPTIONS,
  run: ({ values }) => run(simulateOptions(values)),
});

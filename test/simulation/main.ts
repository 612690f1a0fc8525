import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { countRows, rowsNeverMet } from './fault-rows.ts';
import { findBug } from './find-bug.ts';
import { readFixture, writeFixture } from './fixtures.ts';
import { PROFILE_NAMES, type ProfileName } from './profiles.ts';
import { type HistoryResult, runHistory } from './run-history.ts';
import type { Failure } from './run-seeds.ts';
import { shrink } from './shrink.ts';
import type { ThreadReport, ThreadTask } from './simulation-thread.ts';
import { CRASH_SCENARIOS, type CrashResult, everyArrival, everyCrash, sampledPairs } from './systematic.ts';
import type { Plant } from './world.ts';

const THREADS = 2;
const SECONDS = 60;
const PAIRS = 150;
const REPLAYED_CRASHES = 3;
/** Fewer histories may by chance miss a row of the fault table. */
const FULL_RUN_HISTORIES = 5_000;

const USAGE = `Simulates the whole system, with faults, by seed.

  npm run simulate -- [--seconds 60] [--seed 1] [--profile NAME] [--long] [--histories N]
                      [--skip-systematic]
  npm run simulate -- --replay test/fixtures/simulation/NAME.json
  npm run simulate -- --five-seeds [--profile NAME] [--long]    after how many histories a bug is found, at most 200

profiles: ${PROFILE_NAMES.join(', ')}; without one every seed has its own
--long: no history is brief; without it every nineteenth is long`;

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string' },
    long: { type: 'boolean', default: false },
    histories: { type: 'string' },
    replay: { type: 'string' },
    'skip-systematic': { type: 'boolean', default: false },
    'five-seeds': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function replay(path: string): Promise<number> {
  const { broke, scenario } = readFixture(path);
  console.log(`broke once: ${broke}`);
  const { violations, injected, steps, seconds } = await runHistory(scenario);
  for (const [step, fault] of Object.entries(injected)) console.log(`  fault: ${step} ${fault}`);
  console.log(`${steps} steps, ${seconds} virtual seconds, ${violations.length} violations`);
  for (const violation of violations) console.log(`  ${violation}`);
  return violations.length === 0 ? 0 : 1;
}

async function simulate(): Promise<number> {
  const historiesMax = options.histories === undefined ? Number.POSITIVE_INFINITY : Number(options.histories);
  const isWhole = options.histories === undefined && options.profile === undefined;
  if (isWhole && !options['skip-systematic'] && !(await systematic())) return 1;
  const startedMs = Date.now();
  const before = process.cpuUsage();
  const seconds = options.seconds === undefined && historiesMax < Number.POSITIVE_INFINITY ? 3_600 : SECONDS;
  const untilMs = startedMs + 1000 * (options.seconds === undefined ? seconds : Number(options.seconds));
  const threads = Math.min(THREADS, historiesMax);
  const reports = await Promise.all(
    Array.from({ length: threads }, (_, thread) =>
      inThread({
        firstSeed: Number(options.seed) + thread,
        stride: threads,
        historiesMax: Math.ceil(historiesMax / threads),
        profile: profileNamed(options.profile),
        onlyLong: options.long,
        untilMs,
      }),
    ),
  );
  const { user, system } = process.cpuUsage(before);
  return summarise(reports, { cpuSeconds: (user + system) / 1_000_000, isWhole });
}

/** No bug but what is in the source itself: this is run in a patched copy of it. */
function plantOfOptions(): Plant {
  const profile = profileNamed(options.profile);
  return { onlyLong: options.long, ...(profile === undefined ? {} : { profile }) };
}

function profileNamed(name: string | undefined): ProfileName | undefined {
  if (name === undefined) return undefined;
  const profile = PROFILE_NAMES.find(known => known === name);
  if (profile === undefined) throw new RangeError(`There is no profile ${name}.\n${USAGE}`);
  return profile;
}

const progress = new Map<number, number>();

function inThread(task: ThreadTask): Promise<ThreadReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./simulation-thread.ts', import.meta.url), {
      workerData: task,
      // Histories leave much behind that is soon of no use: collecting it less often makes them a fifth quicker.
      resourceLimits: { maxYoungGenerationSizeMb: 192 },
    });
    worker.on('error', reject);
    worker.on('message', (report: ThreadReport) => {
      showProgress(task.firstSeed, report.histories);
      if (report.isDone) resolve(report);
    });
  });
}

function showProgress(thread: number, histories: number): void {
  progress.set(thread, histories);
  if (!process.stderr.isTTY) return;
  const all = [...progress.values()].reduce((sum, count) => sum + count, 0);
  process.stderr.write(`\r${all} histories`);
}

async function summarise(
  reports: readonly ThreadReport[],
  { cpuSeconds, isWhole }: { readonly cpuSeconds: number; readonly isWhole: boolean },
): Promise<number> {
  const counts: Record<string, number> = {};
  for (const report of reports) {
    for (const [what, times] of Object.entries(report.counts)) counts[what] = (counts[what] ?? 0) + times;
  }
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
  for (const failure of failures) await printFailure(failure);
  const neverMet = isWhole && histories >= FULL_RUN_HISTORIES ? rowsNeverMet(counts) : [];
  if (neverMet.length > 0) console.log(`rows of the fault table that were never met: ${neverMet.join(', ')}`);
  return failures.length > 0 || neverMet.length > 0 ? 1 : 0;
}

function printRows(counts: Readonly<Record<string, number>>): void {
  for (const { row, before, after, times } of countRows(counts)) {
    const numbers = times === undefined ? `${before} before, ${after} after` : `${times}`;
    console.log(`${row.id.padEnd(4)} ${row.title.padEnd(58)} ${numbers}`);
  }
}

async function printFailure({ seed, profile, scenario, violations }: Failure): Promise<void> {
  console.log(`\nseed ${seed}, profile ${profile}:`);
  for (const violation of violations) console.log(`  ${violation}`);
  const length = options.long ? ' --long' : '';
  console.log(`replay: npm run simulate -- --seed ${seed} --profile ${profile}${length} --histories 1`);
  const smaller = await shrink(scenario);
  console.log(
    `shrunk to: npm run simulate -- --replay ${writeFixture(smaller.scenario, smaller.violations)}`,
  );
}

/** Every crash of some scenarios, sampled pairs of them, and every order of a short call. */
async function systematic(): Promise<boolean> {
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
    for await (const pair of sampledPairs(scenario, { count: PAIRS, seed: Number(options.seed) }))
      notes(pair);
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

if (options.help) console.log(USAGE);
else if (options.replay !== undefined) process.exitCode = await replay(options.replay);
else if (options['five-seeds']) console.log(JSON.stringify(await findBug(plantOfOptions())));
else process.exitCode = await simulate();

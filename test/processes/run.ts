import { type Bounds, choiceIn, integerIn, runCommand } from '../../local/command-line.ts';
import { startTemporaryAzurite } from '../support/temporary-azurite.ts';
import { formatCases } from './format-cases.ts';
import { type CaseResult, problemsOf, runCase } from './run-case.ts';
import { ORDERS } from './workload.ts';

const USAGE = `Usage: npm run processes -- [options]
  --workers N,…  how many processes work, a run for each (2,4)
  --kills N,…    how many of them are killed in the middle, a run for each (0,6)
  --calls N      calls of nine events in each run (40)
  --order NAME,… bursts: call after call · scattered: all mixed, a run for each (scattered)
  --seed N       what is sent and who is killed (1)`;

/** More processes than that are no test of the product, and would take the machine. */
const WORKERS_MAX = 32;

/** Each of them starts a process, one after the other. */
const KILLS_MAX = 1_000;

/** The whole numbers of an option. */
function integersIn(text: string, bounds: Bounds): number[] {
  return text.split(',').map(item => integerIn(item, bounds));
}

interface Cases {
  readonly workers: readonly number[];
  readonly kills: readonly number[];
  readonly orders: readonly (typeof ORDERS)[number][];
  readonly calls: number;
  readonly seed: number;
}

async function runAll({ workers, kills, orders, calls, seed }: Cases): Promise<number> {
  const results: CaseResult[] = [];
  for (const order of orders) {
    for (const size of workers) {
      for (const killed of kills)
        results.push(await runFresh({ calls, workers: size, kills: killed, seed, order }));
    }
  }
  console.log(`\n${formatCases(results)}`);
  const problems = results.flatMap(problemsOf);
  for (const problem of problems) console.log(problem);
  console.log(problems.length === 0 ? '\nNothing is wrong.' : `\n${problems.length} things are wrong.`);
  return problems.length === 0 ? 0 : 1;
}

/** On an Azurite of its own: what an earlier run left behind makes it slower. */
async function runFresh(
  options: Omit<Parameters<typeof runCase>[0], 'connectionString'>,
): Promise<CaseResult> {
  const { workers, kills, seed, order } = options;
  console.log(`${order}, ${workers} workers, ${kills} kills, seed ${seed} …`);
  const azurite = await startTemporaryAzurite();
  try {
    return await runCase({ ...options, connectionString: azurite.connectionString });
  } finally {
    await azurite.remove();
  }
}

process.exitCode = await runCommand({
  usage: USAGE,
  options: {
    workers: { type: 'string', default: '2,4' },
    kills: { type: 'string', default: '0,6' },
    calls: { type: 'string', default: '40' },
    order: { type: 'string', default: 'scattered' },
    seed: { type: 'string', default: '1' },
  },
  run: ({ values }) =>
    runAll({
      workers: integersIn(values.workers, { name: '--workers', least: 1, most: WORKERS_MAX }),
      kills: integersIn(values.kills, { name: '--kills', least: 0, most: KILLS_MAX }),
      orders: values.order.split(',').map(order => choiceIn(order, '--order', ORDERS)),
      calls: integerIn(values.calls, { name: '--calls', least: 1, most: 1_000_000 }),
      seed: integerIn(values.seed, { name: '--seed', least: 0, most: Number.MAX_SAFE_INTEGER }),
    }),
});

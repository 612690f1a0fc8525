import { parseArgs } from 'node:util';
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

/** Numbers from 0, or from 1; undefined where there is another. */
function numbers(text: string, least: number): number[] | undefined {
  const given = text.split(',').map(Number);
  return given.every(number => Number.isInteger(number) && number >= least) ? given : undefined;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      workers: { type: 'string', default: '2,4' },
      kills: { type: 'string', default: '0,6' },
      calls: { type: 'string', default: '40' },
      order: { type: 'string', default: 'scattered' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  const [workers, kills] = [numbers(values.workers, 1), numbers(values.kills, 0)];
  const [calls, seed] = [numbers(values.calls, 1)?.[0], numbers(values.seed, 0)?.[0]];
  const orders = ORDERS.filter(order => values.order.split(',').includes(order));
  const isUsable = orders.length === values.order.split(',').length;
  if (values.help || !isUsable || !workers || !kills || calls === undefined || seed === undefined) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
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
  process.exitCode = problems.length === 0 ? 0 : 1;
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

await main();

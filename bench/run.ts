import { writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { choiceIn, integerIn, runCommand } from '../local/command-line.ts';
import { actionTransactions } from './measures/action-transactions.ts';
import { billing } from './measures/billing.ts';
import { cacheHeap } from './measures/cache-heap.ts';
import { conflicts } from './measures/conflicts.ts';
import { coreCpu } from './measures/core-cpu.ts';
import { emulatorStarts } from './measures/emulator-starts.ts';
import { flowCpu } from './measures/flow-cpu.ts';
import { latency } from './measures/latency.ts';
import { startUp } from './measures/start-up.ts';
import { storageTransactions } from './measures/storage-transactions.ts';
import { throughput } from './measures/throughput.ts';
import { toneToAction } from './measures/tone-to-action.ts';
import { formatTable } from './print-table.ts';
import type { Measure, Reading } from './reading.ts';

const MEASURES: readonly Measure[] = [
  storageTransactions,
  actionTransactions,
  throughput,
  conflicts,
  latency,
  toneToAction,
  startUp,
  coreCpu,
  flowCpu,
  cacheHeap,
  billing,
  emulatorStarts,
];

const USAGE = `Usage: npm run bench -- [options]
  --only NAME   run one measure: ${MEASURES.map(({ name }) => name).join(', ')}; may be given again
  --repeat N    how often to measure; the table shows the median (5)
  --json FILE   where every run is written (a file in the system's temp)`;

async function measure(
  chosen: readonly Measure[],
  { repeat, json }: { readonly repeat: number; readonly json: string },
): Promise<void> {
  const startedAt = new Date();
  const readings: Reading[] = [];
  for (const { name, run } of chosen) {
    const progress = (text: string) => console.log(`${elapsed(startedAt)} ${name}: ${text}`);
    readings.push(...(await run({ repeat, progress })));
  }
  const machine = { node: process.version, cpus: availableParallelism(), platform: process.platform };
  await writeFile(json, JSON.stringify({ startedAt, machine, repeat, readings }, null, 2));
  console.log(`\n${formatTable(readings)}\n\n${elapsed(startedAt)} done; every run is in ${json}`);
}

function elapsed(since: Date): string {
  return `${((Date.now() - since.getTime()) / 1000).toFixed(0).padStart(4)} s`;
}

// A slow machine misses bars and that is no failure; a wrong result is one.
process.exitCode = await runCommand({
  usage: USAGE,
  options: {
    only: { type: 'string', multiple: true },
    repeat: { type: 'string', default: '5' },
    json: { type: 'string', default: join(tmpdir(), `ringback-bench-${Date.now()}.json`) },
  },
  async run({ values: { only, repeat, json } }) {
    const names = MEASURES.map(({ name }) => name);
    const wanted = only?.map(name => choiceIn(name, '--only', names)) ?? names;
    const times = integerIn(repeat, { name: '--repeat', least: 1, most: 1_000 });
    await measure(
      MEASURES.filter(({ name }) => wanted.includes(name)),
      { repeat: times, json },
    );
    return 0;
  },
});

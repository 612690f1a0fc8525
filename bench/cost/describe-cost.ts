import {
  type Cost,
  costPerIdleMonth,
  costPerMillion,
  DEFAULT_SETUP,
  eventsPerSecond,
  pollingMonth,
  type Setup,
} from './cost-model.ts';
import type { Counts } from './counts.ts';
import { LOAD_SHAPES, type LoadShape, PIPELINES } from './load-shapes.ts';
import type { PriceBook } from './price-book.ts';

/** The events of the reference call. */
const EVENTS_PER_CALL = 9;
/** What a million events in bursts may cost. */
export const BURST_COST_MAX = 3.5;

const [BURST, , THIN] = LOAD_SHAPES;

/** What a million events in a burst cost, as everything is set unless told otherwise. */
export function burstCost(counts: Counts, book: PriceBook): Cost {
  return costPerMillion(counts.of('Ringback', BURST), BURST, DEFAULT_SETUP, book);
}

/** All of it as Markdown, one line each. */
export function describeCost(counts: Counts, book: PriceBook): string[] {
  const burst = burstCost(counts, book);
  const verdict = burst.total <= BURST_COST_MAX ? 'ok' : 'MISSED';
  return [
    `Prices of ${book.asOf} in ${book.currency}: ${book.where}. Counts of ${counts.startedAt}.`,
    '',
    '## A million events, by the shape of the load',
    '',
    ...shapesTable(counts, book),
    '',
    'The naive pipeline loses updates in a burst; `npm run bench` counts them.',
    `A million events in a burst: ${money(burst.total)}, at most ${money(BURST_COST_MAX)}: ${verdict}`,
    '',
    '## How the burst comes to that',
    '',
    ...formulas(counts, burst, book),
    '',
    '## What each setting does',
    '',
    ...settingsTable(counts, book),
    '',
    '## A month in which nothing happens',
    '',
    ...idleTable(book),
  ];
}

function shapesTable(counts: Counts, book: PriceBook): string[] {
  const rows = LOAD_SHAPES.flatMap(shape =>
    PIPELINES.map(pipeline => {
      const cost = costPerMillion(counts.of(pipeline, shape), shape, DEFAULT_SETUP, book);
      const { executions, queue, tables, compute, kept, logs, total } = cost;
      const parts = [executions, queue, tables, compute, kept, logs, total].map(part => money(part));
      return [`${shape.name}, ${pipeline}`, ...parts, money((total * EVENTS_PER_CALL) / 1e6, 6)];
    }),
  );
  const head = ['load', 'executions', 'queue', 'tables', 'compute', 'kept', 'logs', 'total', 'per call'];
  return table(head, rows);
}

function formulas(counts: Counts, cost: Cost, { prices, assumptions }: PriceBook): string[] {
  const { queueRequests, tableRequests, cpuMs } = counts.of('Ringback', BURST);
  const perReceive = assumptions.messagesPerReceive.value;
  return [
    `- executions ${money(cost.executions)}: 2 runs an event × ${round(prices.execution.value * 1e6)} a million`,
    `- queue ${money(cost.queue)}: ${round(queueRequests)} requests measured, and the difference of a receive for ` +
      `${perReceive} messages, × ${round(prices.queueRequest.value * 1e6)} a million`,
    `- tables ${money(cost.tables)}: ${round(tableRequests)} requests measured × ${round(prices.tableRequest.value * 1e6, 3)} a million`,
    `- compute ${money(cost.compute)}: ${round(cpuMs)} ms of processor time measured × ${assumptions.hostFactor.value} for the host ` +
      `÷ ${assumptions.utilisation.value} of a core in use × 2 GB a core × ${prices.onDemandGBs.value} a GB-second`,
    `- kept ${money(cost.kept)}: ${assumptions.keptBytesPerEvent.value} bytes × ${DEFAULT_SETUP.retentionDays} days × ${prices.tableGBMonth.value} a GB and month`,
    `- logs ${money(cost.logs)}: warnings only`,
  ];
}

interface Variant {
  readonly name: string;
  readonly change: Partial<Setup>;
}

const VARIANTS: readonly Variant[] = [
  { name: 'as shipped: 2,048 MB, nothing always ready, warnings logged', change: {} },
  { name: 'instances of 512 MB', change: { memoryMB: 512 } },
  { name: 'instances of 4,096 MB', change: { memoryMB: 4096 } },
  { name: 'one instance of each group always ready', change: { alwaysReady: 1 } },
  { name: 'the same, polling every 0.25 s', change: { alwaysReady: 1, pollSeconds: 0.25 } },
  { name: 'the same, polling every 10 s', change: { alwaysReady: 1, pollSeconds: 10 } },
  { name: 'logs at Information', change: { logsInformation: true } },
  { name: 'the same, one line of ten kept', change: { logsInformation: true, logSampling: 0.1 } },
  { name: 'kept for 365 days', change: { retentionDays: 365 } },
];

function settingsTable(counts: Counts, book: PriceBook): string[] {
  const rows = VARIANTS.map(({ name, change }) => {
    const setup = { ...DEFAULT_SETUP, ...change };
    const totalOf = (shape: LoadShape) =>
      money(costPerMillion(counts.of('Ringback', shape), shape, setup, book).total);
    const idle = Object.values(costPerIdleMonth(setup, book)).reduce((sum, part) => sum + part, 0);
    const { cpuMs } = counts.of('Ringback', BURST);
    const rate = eventsPerSecond(cpuMs, setup.memoryMB, book).toFixed(0);
    return [name, totalOf(BURST), totalOf(THIN), money(idle), rate];
  });
  return table(['setting', 'burst', 'spread thin', 'idle month', 'events/s of an instance'], rows);
}

function idleTable(book: PriceBook): string[] {
  const { sweeps, alerts } = costPerIdleMonth(DEFAULT_SETUP, book);
  const polling = pollingMonth(DEFAULT_SETUP.pollSeconds, book.prices.queueRequest.value);
  return [
    `- the minute's sweep ${money(sweeps)}, ${book.assumptions.alertRules.value} alerts ${money(alerts)}`,
    `- an instance that listens to a queue all month, as events spread over the month keep it: ${money(polling)} for finding it empty`,
  ];
}

function money(value: number, digits = 2): string {
  return `$${value.toFixed(digits)}`;
}

function round(value: number, digits = 2): string {
  return String(Number(value.toFixed(digits)));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map(row => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)];
}

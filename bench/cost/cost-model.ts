import type { EventCounts } from './counts.ts';
import type { LoadShape } from './load-shapes.ts';
import type { PriceBook } from './price-book.ts';

/** What can be set, as far as it costs. */
export interface Setup {
  readonly memoryMB: number;
  /** Of each of the two groups: callbacks, and events from the queue. */
  readonly alwaysReady: number;
  /** `maxPollingInterval`. */
  readonly pollSeconds: number;
  /** Whether functions log at the level Information. */
  readonly logsInformation: boolean;
  /** The share of log lines that is kept. */
  readonly logSampling: number;
  readonly retentionDays: number;
}

/** What infra/ and host.json set. */
export const DEFAULT_SETUP: Setup = {
  memoryMB: 2048,
  alwaysReady: 0,
  pollSeconds: 1,
  logsInformation: false,
  logSampling: 1,
  retentionDays: 90,
};

/** Money for a million events, by what it goes to. */
export interface Cost {
  readonly executions: number;
  readonly queue: number;
  readonly tables: number;
  readonly compute: number;
  readonly kept: number;
  readonly logs: number;
  readonly total: number;
}

const EVENTS = 1e6;
/** As the bench takes them. */
const BENCH_MESSAGES_PER_RECEIVE = 32;
const SECONDS_PER_MONTH = (365 / 12) * 24 * 3600;
const MINUTES_PER_MONTH = SECONDS_PER_MONTH / 60;
const MB_PER_GB = 1024;

/** What a million events cost. Every post is one run, and its message another. */
export function costPerMillion(
  counts: EventCounts,
  shape: LoadShape,
  setup: Setup,
  { prices, assumptions, instanceSizes }: PriceBook,
): Cost {
  const posts = EVENTS / shape.eventsPerPost;
  const receives = shape.isThin
    ? 0
    : posts * (1 / assumptions.messagesPerReceive.value - 1 / BENCH_MESSAGES_PER_RECEIVE);
  const secondPrice = setup.alwaysReady > 0 ? prices.alwaysReadyExecutionGBs.value : prices.onDemandGBs.value;
  const logLines = setup.logsInformation
    ? (assumptions.logLinesPerEvent.value / shape.eventsPerPost) * setup.logSampling
    : 0;
  const parts = {
    executions: 2 * posts * prices.execution.value,
    queue: (EVENTS * counts.queueRequests + receives) * prices.queueRequest.value,
    tables: EVENTS * counts.tableRequests * prices.tableRequest.value,
    compute: gigabyteSeconds(counts, shape, setup, { assumptions, instanceSizes }) * secondPrice,
    kept:
      gigabytes(EVENTS * assumptions.keptBytesPerEvent.value) *
      prices.tableGBMonth.value *
      (setup.retentionDays / 30),
    logs: gigabytes(EVENTS * logLines * assumptions.logBytesPerLine.value) * prices.logGB.value,
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

/** What a month costs in which nothing happens: the minute's sweep, alerts, and instances that wait. */
export function costPerIdleMonth(setup: Setup, { prices, assumptions }: PriceBook) {
  const { sweepQueueRequests, sweepTableRequests, runSeconds, alertRules } = assumptions;
  const gigabytesOfMemory = setup.memoryMB / MB_PER_GB;
  const sweep =
    sweepQueueRequests.value * prices.queueRequest.value +
    sweepTableRequests.value * prices.tableRequest.value +
    prices.execution.value +
    runSeconds.value * gigabytesOfMemory * prices.onDemandGBs.value;
  return {
    sweeps: MINUTES_PER_MONTH * sweep,
    alerts: alertRules.value * prices.alertRuleMonth.value,
    alwaysReady: setup.alwaysReady * 2 * alwaysReadyMonth(setup.memoryMB, prices.alwaysReadyGBs.value),
    polling: setup.alwaysReady * pollingMonth(setup.pollSeconds, prices.queueRequest.value),
  };
}

/** What one always-ready instance costs a month, unused. */
export function alwaysReadyMonth(memoryMB: number, pricePerGBs: number): number {
  return (memoryMB / MB_PER_GB) * SECONDS_PER_MONTH * pricePerGBs;
}

/** What one instance that listens to one queue all month pays for finding it empty. */
export function pollingMonth(pollSeconds: number, pricePerRequest: number): number {
  return (SECONDS_PER_MONTH / pollSeconds) * pricePerRequest;
}

/** How many events one busy instance takes in a second, its runs for posts and for messages together. */
export function eventsPerSecond(cpuMs: number, memoryMB: number, book: PriceBook): number {
  return 1 / busySeconds(cpuMs, memoryMB, book);
}

/** How long an instance that is shared by many events is busy with one. */
function busySeconds(
  cpuMs: number,
  memoryMB: number,
  { assumptions, instanceSizes }: Pick<PriceBook, 'assumptions' | 'instanceSizes'>,
): number {
  const size = instanceSizes.find(each => each.memoryMB === memoryMB);
  if (size === undefined) throw new RangeError(`There is no instance of ${memoryMB} MB in the price file.`);
  return (cpuMs * assumptions.hostFactor.value) / 1000 / (size.cores * assumptions.utilisation.value);
}

function gigabyteSeconds(
  { cpuMs }: EventCounts,
  shape: LoadShape,
  { memoryMB }: Setup,
  book: Pick<PriceBook, 'assumptions' | 'instanceSizes'>,
): number {
  const seconds = shape.isThin ? 2 * book.assumptions.runSeconds.value : busySeconds(cpuMs, memoryMB, book);
  return EVENTS * seconds * (memoryMB / MB_PER_GB);
}

function gigabytes(bytes: number): number {
  return bytes / 1e9;
}

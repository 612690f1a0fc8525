import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import { seededRandom } from '../../bench/seeded-random.ts';
import { eventTimeOf } from '../../shared/clock.ts';
import { inBatches } from '../../shared/processing/in-batches.ts';
import { receiveCallback } from '../../shared/processing/receive-callback.ts';
import { pollUntil } from '../support/poll-until.ts';
import { type AcsServer, startAcsServer } from './acs-server.ts';
import { checkCalls, type Verdict } from './check-calls.ts';
import { Crew } from './crew.ts';
import { type ProcessServices, processServices, queueNames, type SharedStorage } from './services.ts';
import type { WorkerReport } from './worker-protocol.ts';
import { type Delivery, type Order, type Workload, workloadOf } from './workload.ts';

const LEASE_MS = 5_000;
const HIDE_SECONDS = 4;
const SWEEP_MS = 2_000;
/** Long enough for an action whose poke was lost: the sweep takes it up after a minute. */
const QUIET_TIMEOUT_MS = 150_000;

/** One run of a workload in processes of their own. */
export interface CaseOptions {
  readonly connectionString: string;
  readonly calls: number;
  readonly workers: number;
  /** How many workers are killed while they work, one after the other. */
  readonly kills: number;
  /** What is sent, and who is killed; when exactly is up to the machine. */
  readonly seed: number;
  readonly order: Order;
}

/** What came of a run. */
export interface CaseResult extends Verdict {
  readonly options: CaseOptions;
  readonly deliveries: number;
  /** Of all workers, the killed ones' up to shortly before they died. */
  readonly totals: WorkerReport;
  /** Requests to ACS, and what it carried out. */
  readonly sends: number;
  readonly executed: number;
  /** Answers of ACS that left it open whether it did. */
  readonly unclearAnswers: number;
  /** Callbacks that storage did not take at first. */
  readonly retriedCallbacks: number;
  /** What happened that must not: a worker that died by itself, something parked, a run that came to no end. */
  readonly faults: readonly string[];
  readonly seconds: number;
}

/** Sends a workload, kills workers in the middle of it, waits until all is quiet, and looks at what is stored. */
export async function runCase(options: CaseOptions): Promise<CaseResult> {
  const { connectionString, workers, kills, seed } = options;
  const storage = { connectionString, suffix: randomUUID().slice(0, 8) };
  const services = processServices(storage);
  await prepare(services);
  const workload = workloadOf(options.calls, seed, options.order);
  const random = seededRandom(seed + 1);
  const acs = await startAcsServer(random);
  const crew = new Crew({
    storage,
    acsUrl: acs.url,
    leaseMs: LEASE_MS,
    hideSeconds: HIDE_SECONDS,
    sweepMs: SWEEP_MS,
  });
  try {
    await crew.start(workers);
    const startedAt = performance.now();
    const [retriedCallbacks] = await Promise.all([
      send(services, workload.deliveries),
      killInBetween(crew, { kills, deliveries: workload.deliveries.length, random }),
    ]);
    const stillBusy = await waitUntilQuiet(services, storage, workload);
    const seconds = (performance.now() - startedAt) / 1000;
    const parked = (await services.parked.list({ limit: 100 })).items;
    const verdict = await checkCalls(services, workload.calls, acs.executions);
    const faults = [
      ...crew.faults,
      ...stillBusy,
      ...parked.map(({ reason, detail }) => `parked (${reason}): ${detail}`),
    ];
    const { totals } = crew;
    const deliveries = workload.deliveries.length;
    return { ...verdict, ...countsOf(acs), options, deliveries, totals, retriedCallbacks, faults, seconds };
  } finally {
    await crew.stop();
    await acs.close();
  }
}

/** All that went wrong in a run, as sentences; none where all is well. */
export function problemsOf({ wrongs, faults }: CaseResult): string[] {
  return [
    ...Object.entries(wrongs).flatMap(([name, what]: [string, string[]]) =>
      what.map(each => `${name}: ${each}`),
    ),
    ...faults,
  ];
}

function countsOf(acs: AcsServer) {
  let sends = 0;
  let executed = 0;
  for (const each of acs.executions.values()) {
    sends += each.requests;
    executed += each.executed;
  }
  return { sends, executed, unclearAnswers: acs.unclearAnswers() };
}

/** Makes the tables and queues, so that several processes need not make them at once. */
async function prepare(services: ProcessServices): Promise<void> {
  const { calls, index, parked, queues, poisonQueues } = services;
  const all = [...Object.values(queues).map(({ queue }) => queue), ...poisonQueues];
  await Promise.all([calls.load('none'), index.open({ limit: 1 }), parked.list({ limit: 1 })]);
  await Promise.all(all.map(queue => queue.oldestInsertedAt()));
}

/** As ACS does: each event is a callback of its own, and one that is not taken is sent again. */
async function send(services: ProcessServices, deliveries: readonly Delivery[]): Promise<number> {
  let retried = 0;
  await inBatches(deliveries, async ({ callKey, element }) => {
    const body = JSON.stringify(element);
    for (;;) {
      const receivedAt = eventTimeOf(Date.now());
      const result = await receiveCallback(services, { callKey, body, receivedAt, traceparent: null });
      if (result.ok) return;
      retried += 1;
      await delay(200);
    }
  });
  return retried;
}

/** Spreads the kills over the work that is done, so that they fall into its middle on any machine. */
async function killInBetween(
  crew: Crew,
  {
    kills,
    deliveries,
    random,
  }: { readonly kills: number; readonly deliveries: number; readonly random: () => number },
): Promise<void> {
  for (let kill = 1; kill <= kills; kill++) {
    const reached = (deliveries * kill) / (kills + 2);
    const isTime = () => (crew.totals.processed >= reached ? true : undefined);
    await pollUntil(`${Math.ceil(reached)} deliveries are processed`, isTime, QUIET_TIMEOUT_MS);
    await delay(random() * 100);
    await crew.replaceOne(random);
  }
}

/** Waits until no message is left, hidden or not, and no call is open; gives what is left after the longest wait. */
async function waitUntilQuiet(
  services: ProcessServices,
  { connectionString, suffix }: SharedStorage,
  { calls }: Workload,
): Promise<string[]> {
  const clients = queueNames(suffix).map(name => new QueueClient(connectionString, name));
  const left = async () => {
    const found: string[] = [];
    for (const client of clients) {
      const { approximateMessagesCount = 0 } = await client.getProperties();
      if (approximateMessagesCount > 0) found.push(`${approximateMessagesCount} messages in ${client.name}`);
    }
    const { rows } = await services.upkeep.openRows({ limit: calls.length });
    if (rows.length > 0) found.push(`${rows.length} calls on the list of open ones`);
    return found;
  };
  const isQuiet = async () => ((await left()).length === 0 ? true : undefined);
  try {
    await pollUntil('all is quiet', isQuiet, QUIET_TIMEOUT_MS);
    return [];
  } catch {
    return (await left()).map(what => `left at the end: ${what}`);
  }
}

import { randomUUID } from 'node:crypto';
import { CountingTable } from '../../bench/counting-table.ts';
import { noProvider } from '../../shared/actions/no-provider.ts';
import type { Provider } from '../../shared/actions/provider.ts';
import { eventTimeOf, systemClock } from '../../shared/clock.ts';
import type { EventTime } from '../../shared/domain/event-time.ts';
import { CallEventsProcessor } from '../../shared/processing/call-events-processor.ts';
import { CallWorker } from '../../shared/processing/call-worker.ts';
import { planCommit } from '../../shared/processing/plan-commit.ts';
import { AzureQueue } from '../../shared/queues/azure-queue.ts';
import { AzureTable } from '../../shared/store/azure-table.ts';
import { CallIndex } from '../../shared/store/call-index.ts';
import { CallStore } from '../../shared/store/call-store.ts';
import { IndexUpkeep } from '../../shared/store/index-upkeep.ts';
import { Lines } from '../../shared/store/lines.ts';
import { ParkedStore } from '../../shared/store/parked-store.ts';
import { Progress, type Step } from '../../shared/store/progress.ts';
import type { Log } from '../../shared/telemetry/log-event.ts';
import { actingDecider } from './acting-decider.ts';

/** Tables and queues that the processes of one run share, and no other run. */
export interface SharedStorage {
  readonly connectionString: string;
  /** Ends the name of each table and queue; small letters and digits. */
  readonly suffix: string;
}

/** What a process may want otherwise than the composition root has it. */
export interface ServiceOptions {
  readonly provider?: Provider;
  /** How long an action's claim stands: the two minutes of the app are longer than a run. */
  readonly leaseMs?: number;
  /** Called for each request to storage. */
  readonly onRequest?: () => void;
  readonly log?: Log;
}

const QUEUES = ['call-events', 'call-actions', 'call-alarms'] as const;

/** What holds a walk of the sweep when whoever walks is killed, in place of the app's 90 s. */
const WALK_LEASE_MS = 3_000;

/** The names of all queues of a run, and of those for what is given up. */
export function queueNames(suffix: string): readonly string[] {
  return QUEUES.flatMap(name => [`${name}-${suffix}`, `${name}-${suffix}-poison`]);
}

/** The product on real storage, put together as its composition root does, with a decider that acts. */
export function processServices({ connectionString, suffix }: SharedStorage, options: ServiceOptions = {}) {
  const { provider = noProvider, leaseMs, onRequest, log = () => undefined } = options;
  const tableNamed = (name: string) =>
    new AzureTable({ connectionString, tableName: `${name}${suffix}`, onRequest });
  const queueNamed = (queueName: string) => new AzureQueue({ connectionString, queueName, onRequest });
  const [callEvents, callActions, callAlarms] = QUEUES.map(name => ({
    queue: queueNamed(`${name}-${suffix}`),
    poison: queueNamed(`${name}-${suffix}-poison`),
  })) as [QueuePair, QueuePair, QueuePair];
  const callsTable = new CountingTable(tableNamed('Calls'));
  const indexTable = tableNamed('CallIndex');
  const index = new CallIndex(indexTable);
  const calls = new CallStore(callsTable, index, {
    plan: (callKey, before, request) =>
      planCommit(before, request, {
        callKey,
        decider: actingDecider,
        policyOf: provider.policyOf,
        now: eventTimeOf(systemClock.now()),
        commitId: randomUUID(),
        leaseMs,
      }),
    pause: attempt => systemClock.sleep(Math.random() * 20 * attempt),
  });
  const ports = {
    calls,
    callsTable,
    index,
    provider,
    log,
    clock: systemClock,
    random: Math.random,
    parked: new ParkedStore(tableNamed('Parked')),
    callEvents: callEvents.queue,
    callActions: callActions.queue,
    callAlarms: callAlarms.queue,
    lines: new Lines(indexTable, { perNumber: 2 }),
    upkeep: new IndexUpkeep(indexTable),
    progress: new BriefProgress(indexTable),
    settings: { quietConnectingMinutes: 10, quietConnectedHours: 24, reconcileMinutes: 15 },
  };
  const worker = new CallWorker(ports);
  return {
    ...ports,
    worker,
    processor: new CallEventsProcessor({ ...ports, worker }),
    queues: { callEvents, callActions, callAlarms },
    poisonQueues: [callEvents.poison, callActions.poison, callAlarms.poison],
  };
}

/** What {@link processServices} puts together. */
export type ProcessServices = ReturnType<typeof processServices>;

/** A queue, and the one for what the host gives up of it. */
export interface QueuePair {
  readonly queue: AzureQueue;
  readonly poison: AzureQueue;
}

/** Holds a walk for seconds, so that a run need not wait for the lease of a killed process. */
class BriefProgress extends Progress {
  override take(name: string, { now }: { readonly now: EventTime; readonly until: EventTime }) {
    return super.take(name, { now, until: briefly() });
  }

  override keep(held: Parameters<Progress['keep']>[0], step: Step) {
    const until = step.until < briefly() ? step.until : briefly();
    return super.keep(held, { ...step, until });
  }
}

function briefly(): EventTime {
  return eventTimeOf(systemClock.now() + WALK_LEASE_MS);
}

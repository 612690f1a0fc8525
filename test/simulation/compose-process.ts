import { FLOWS } from '../../flows/registry.ts';
import type { Provider } from '../../shared/actions/provider.ts';
import { type Clock, eventTimeOf } from '../../shared/clock.ts';
import type { Decider } from '../../shared/flows/decider.ts';
import { flowLookup } from '../../shared/flows/flow-lookup.ts';
import { CallEventsProcessor } from '../../shared/processing/call-events-processor.ts';
import { CallWorker } from '../../shared/processing/call-worker.ts';
import { planCommit } from '../../shared/processing/plan-commit.ts';
import type { Queue } from '../../shared/queues/queue.ts';
import type { EventQueue } from '../../shared/queues/spread-queue.ts';
import { CallIndex } from '../../shared/store/call-index.ts';
import { CallPartitions } from '../../shared/store/call-partitions.ts';
import { CallStore, type Planner } from '../../shared/store/call-store.ts';
import { Idempotency } from '../../shared/store/idempotency.ts';
import { IndexUpkeep } from '../../shared/store/index-upkeep.ts';
import { Lines } from '../../shared/store/lines.ts';
import { ParkedStore } from '../../shared/store/parked-store.ts';
import { Progress } from '../../shared/store/progress.ts';
import type { Table } from '../../shared/store/table.ts';
import type { Log } from '../../shared/telemetry/log-event.ts';

interface Tables {
  readonly calls: Table;
  readonly index: Table;
  readonly parked: Table;
}

/** What a process of the app reaches the world with. */
export interface ProcessPorts {
  readonly tables: Tables & {
    /** As pacing reaches the lines of numbers. */
    readonly lines: Table;
    /** As whoever asks for calls reaches it. */
    readonly keys: Table;
    /** As retention reaches them. */
    readonly retention: Tables;
  };
  readonly queues: {
    /** As the receiver of callbacks puts into it. */
    readonly received: EventQueue;
    readonly callEvents: EventQueue;
    readonly poisonQueues: readonly Queue[];
    readonly callActions: Queue;
    readonly callAlarms: Queue;
  };
  readonly provider: Provider;
  readonly decider: Decider;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** A name for every attempt at a commit. */
  readonly nextCommitId: () => string;
  readonly newCallKey: () => string;
  /** For how long an ended call is kept, in days; 0 keeps it for ever. */
  readonly retentionDays: number;
}

/** What a planted bug can replace of the app; see `planted-bugs.ts`. */
export interface Collaborators {
  readonly planner?: (plan: Planner, ports: ProcessPorts) => Planner;
  readonly callStore?: typeof CallStore;
  readonly callIndex?: typeof CallIndex;
}

/** The app in one process, put together as `shared/compose.ts` does it. */
export type SimulatedApp = ReturnType<typeof composeProcess>;

/** How long a call may be quiet: short, so that a history need not be long. */
export const QUIET = { quietConnectingMinutes: 15, quietConnectedHours: 1, reconcileMinutes: 15 } as const;

/** Few, so that calls wait for one. */
export const LINES_PER_NUMBER = 1;

/** The flows that are shipped. */
export const FLOWS_OF_CALLS = flowLookup(FLOWS);

/** Longest pause between two writers of one call, times the attempt. */
const PAUSE_MS = 20;

export function composeProcess(ports: ProcessPorts, collaborators: Collaborators = {}) {
  const { tables, queues, provider, decider, clock, random, log } = ports;
  const index = new (collaborators.callIndex ?? CallIndex)(tables.index);
  const plan: Planner = (callKey, before, request) =>
    planCommit(before, request, {
      callKey,
      decider,
      flows: FLOWS_OF_CALLS,
      policyOf: provider.policyOf,
      now: eventTimeOf(clock.now()),
      commitId: ports.nextCommitId(),
    });
  const calls = new (collaborators.callStore ?? CallStore)(tables.calls, index, {
    plan: collaborators.planner?.(plan, ports) ?? plan,
    pause: attempt => clock.sleep(random() * PAUSE_MS * attempt),
  });
  const parked = new ParkedStore(tables.parked);
  const { callActions, callAlarms, callEvents, poisonQueues } = queues;
  const lines = new Lines(tables.lines, { perNumber: LINES_PER_NUMBER });
  const worker = new CallWorker({ calls, provider, lines, callActions, callAlarms, clock, random, log });
  const processor = new CallEventsProcessor({ worker, calls, index, parked, callEvents, log, clock, random });
  const upkeep = new IndexUpkeep(tables.index);
  const progress = new Progress(tables.index);
  const stores = { calls, index, parked, upkeep, progress };
  const received = { callEvents: queues.received, parked, log };
  const requests = {
    worker,
    idempotency: new Idempotency(tables.keys),
    clock,
    callerDefaults: { from: '8:acs:caller' },
    dialect: 'preview-2021-04',
    missingSetting: undefined,
    flows: async () => FLOWS,
    newCallKey: ports.newCallKey,
  } as const;
  const settings = { ...QUIET, retentionDays: ports.retentionDays };
  return {
    ...stores,
    lines,
    callEvents,
    callActions,
    callAlarms,
    poisonQueues,
    worker,
    processor,
    received,
    requests,
    retention: { ...retentionStores(tables.retention), clock, settings, log },
    provider,
    clock,
    random,
    log,
    settings,
  };
}

function retentionStores({ calls, index, parked }: Tables) {
  const upkeep = new IndexUpkeep(index);
  const partitions = new CallPartitions(calls, upkeep);
  return { partitions, upkeep, parked: new ParkedStore(parked), progress: new Progress(index) };
}

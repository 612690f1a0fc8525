import { noProvider } from '../shared/actions/no-provider.ts';
import type { Provider } from '../shared/actions/provider.ts';
import { eventTimeOf, systemClock } from '../shared/clock.ts';
import type { EventTime } from '../shared/domain/event-time.ts';
import { type Decider, listening } from '../shared/flows/decider.ts';
import { newId } from '../shared/ids/new-id.ts';
import { CallEventsProcessor } from '../shared/processing/call-events-processor.ts';
import { CallWorker } from '../shared/processing/call-worker.ts';
import { planCommit } from '../shared/processing/plan-commit.ts';
import { processCallMessage } from '../shared/processing/process-call-message.ts';
import { receiveCallback } from '../shared/processing/receive-callback.ts';
import { AzureQueue } from '../shared/queues/azure-queue.ts';
import { MemoryQueue } from '../shared/queues/memory-queue.ts';
import type { Queue, ReceivedMessage } from '../shared/queues/queue.ts';
import { AzureTable } from '../shared/store/azure-table.ts';
import { CallIndex } from '../shared/store/call-index.ts';
import { CallStore } from '../shared/store/call-store.ts';
import { Lines } from '../shared/store/lines.ts';
import { MemoryTable } from '../shared/store/memory-table.ts';
import { ParkedStore } from '../shared/store/parked-store.ts';
import type { Table } from '../shared/store/table.ts';
import type { Log } from '../shared/telemetry/log-event.ts';
import type { Pipeline } from './closed-loop.ts';
import { CountingTable } from './counting-table.ts';
import type { Post } from './posts.ts';
import { RECEIVED_AT } from './reference-call.ts';

/** The product, put together as its composition root does. */
export interface Assembled extends Pipeline<Post> {
  /** Reads what was stored, without a cache. */
  readonly store: CallStore;
  /** @param instance counted from 0; the first unless told. */
  process(message: ReceivedMessage, instance?: number): Promise<void>;
  /** Processes a message of `call-actions`, in the first instance. */
  nudge(message: ReceivedMessage): Promise<void>;
}

/** The product on Azurite, with its requests counted. */
export interface OurPipeline extends Assembled {
  readonly calls: CountingTable;
  readonly callActions: AzureQueue;
  /** Requests sent since the tables and the queue are there. */
  requests(): { readonly queue: number; readonly calls: number; readonly index: number };
}

export interface OurPipelineOptions {
  readonly connectionString: string;
  /** Tells its tables and its queue from those of others on the same Azurite. */
  readonly name: string;
  /** `memory` leaves the index out of what is measured. */
  readonly index: 'azure' | 'memory';
  /** Instances of the app, each with its own cache and mailboxes; 1 unless told. */
  readonly instances?: number;
  /** Who acts on calls, and on what; nobody unless told. */
  readonly acting?: Acting;
}

/** What is done on calls, and by whom it is carried out. */
export interface Acting {
  readonly decider: Decider;
  readonly provider: Provider;
}

/** Stores and queues on Azurite. Makes them, so that what follows is not about that. */
export async function ourPipeline(options: OurPipelineOptions): Promise<OurPipeline> {
  const { connectionString, name, instances, acting } = options;
  const sent = { queue: 0, calls: 0, index: 0 };
  const counting = (kind: keyof typeof sent) => ({
    connectionString,
    onRequest: () => {
      sent[kind] += 1;
    },
  });
  const queue = new AzureQueue({ ...counting('queue'), queueName: `events-${name}` });
  const callActions = new AzureQueue({ ...counting('queue'), queueName: `actions-${name}` });
  const azureCalls = new AzureTable({ ...counting('calls'), tableName: `Calls${name}` });
  const azureIndex = new AzureTable({ ...counting('index'), tableName: `CallIndex${name}` });
  await Promise.all([
    queue.oldestInsertedAt(),
    callActions.oldestInsertedAt(),
    azureCalls.get('none', 'none'),
    azureIndex.get('none', 'none'),
  ]);
  Object.assign(sent, { queue: 0, calls: 0, index: 0 });

  const ports = {
    queue,
    callActions,
    calls: new CountingTable(azureCalls),
    index: options.index === 'azure' ? azureIndex : new MemoryTable(),
  };
  const assembled = assemble(ports, { instances, acting });
  return { ...assembled, calls: ports.calls, callActions, requests: () => ({ ...sent }) };
}

/** The product over whatever ports. */
export function assemble(
  ports: {
    readonly queue: Queue;
    readonly callActions?: Queue;
    readonly calls: Table;
    readonly index: Table;
  },
  {
    instances = 1,
    acting = IDLE,
  }: { readonly instances?: number | undefined; readonly acting?: Acting | undefined } = {},
): Assembled {
  const index = new CallIndex(ports.index);
  const lines = new Lines(ports.index, { perNumber: 2 });
  const parked = new ParkedStore(new MemoryTable());
  const newStore = () =>
    new CallStore(ports.calls, index, {
      plan: (callKey, before, request) =>
        planCommit(before, request, {
          callKey,
          decider: acting.decider,
          policyOf: acting.provider.policyOf,
          now: eventTimeOf(systemClock.now()),
          commitId: newId(),
        }),
      pause: attempt => systemClock.sleep(Math.random() * 20 * attempt),
    });
  const common = { log: refuseDelays, clock: systemClock, random: Math.random };
  const { callActions = new MemoryQueue(systemClock) } = ports;
  const queues = { callActions, callAlarms: new MemoryQueue(systemClock) };
  const workers = Array.from({ length: instances }, () => {
    const calls = newStore();
    return {
      calls,
      worker: new CallWorker({ ...common, ...queues, calls, lines, provider: acting.provider }),
    };
  });
  const processors = workers.map(
    ({ calls, worker }) =>
      new CallEventsProcessor({ ...common, worker, calls, index, parked, callEvents: ports.queue }),
  );
  return {
    queue: ports.queue,
    store: newStore(),
    async receive({ callKey, elements }) {
      const callback = {
        callKey,
        body: JSON.stringify(elements),
        receivedAt: RECEIVED_AT as EventTime,
        traceparent: null,
      };
      const result = await receiveCallback({ parked, callEvents: ports.queue, log: refuseDelays }, callback);
      if (!result.ok || result.received.accepted !== elements.length) {
        throw new Error(`A callback was not accepted: ${JSON.stringify(result)}`);
      }
    },
    async process(message, instance = 0) {
      const processor = processors[instance];
      await processor?.process(message.text ?? '', eventTimeOf(message.insertedAt.getTime()));
    },
    async nudge({ text = '', insertedAt, dequeueCount }) {
      const worker = workers[0]?.worker;
      if (worker === undefined) return;
      const delivery = { text, insertedAt: eventTimeOf(insertedAt.getTime()), dequeueCount };
      await processCallMessage({ ...common, worker, parked }, callActions, delivery);
    },
  };
}

const IDLE: Acting = { decider: listening, provider: noProvider };

/** A delayed message would be processed after the loop has ended, and its time be missing. */
const refuseDelays: Log = event => {
  if (event.level !== 'info' && event.level !== 'debug') {
    throw new Error(`Not to be expected here: ${event.name} ${JSON.stringify(event.fields)}`);
  }
};

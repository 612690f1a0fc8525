import { randomUUID } from 'node:crypto';
import { noProvider } from '../../shared/actions/no-provider.ts';
import { systemClock } from '../../shared/clock.ts';
import { CallEventsProcessor } from '../../shared/processing/call-events-processor.ts';
import { CallWorker } from '../../shared/processing/call-worker.ts';
import { AzureQueue } from '../../shared/queues/azure-queue.ts';
import { AzureTable } from '../../shared/store/azure-table.ts';
import { CallIndex } from '../../shared/store/call-index.ts';
import { CallStore } from '../../shared/store/call-store.ts';
import { Lines } from '../../shared/store/lines.ts';
import { ParkedStore } from '../../shared/store/parked-store.ts';
import type { LogEvent } from '../../shared/telemetry/log-event.ts';
import { plannerOf } from './planner.ts';

/** How many requests went to each table and queue. */
interface RequestCounts {
  calls: number;
  index: number;
  parked: number;
  callEvents: number;
}

/** Tables and queues of their own in a storage account, in which any number of processes can work. */
export class AzureWorld {
  readonly #connectionString: string;
  readonly #suffix = randomUUID().replaceAll('-', '');
  readonly tables: { readonly calls: AzureTable; readonly index: AzureTable };

  constructor(connectionString: string) {
    this.#connectionString = connectionString;
    this.tables = { calls: this.#table('calls'), index: this.#table('index') };
  }

  /** A process with caches of its own, and a count of its requests. */
  startInstance() {
    const requests: RequestCounts = { calls: 0, index: 0, parked: 0, callEvents: 0 };
    const indexTable = this.#table('index', () => requests.index++);
    const index = new CallIndex(indexTable);
    const lines = new Lines(indexTable, { perNumber: 2 });
    const calls = new CallStore(
      this.#table('calls', () => requests.calls++),
      index,
      {
        plan: plannerOf(systemClock),
        pause: attempt => systemClock.sleep(Math.random() * 20 * attempt),
      },
    );
    const parked = new ParkedStore(this.#table('parked', () => requests.parked++));
    const callEvents = this.#queue('events', () => requests.callEvents++);
    const [callActions, callAlarms] = [this.#queue('actions'), this.#queue('alarms')];
    const logged: LogEvent[] = [];
    const log = (event: LogEvent) => logged.push(event);
    const ports = { calls, index, parked, callEvents, log, clock: systemClock, random: Math.random };
    const worker = new CallWorker({ ...ports, provider: noProvider, lines, callActions, callAlarms });
    const processor = new CallEventsProcessor({ ...ports, worker });
    return { ...ports, requests, logged, worker, processor };
  }

  /** Makes the tables and the queue, so that no count includes it. */
  async prepare(): Promise<void> {
    const { calls, parked, callEvents, index } = this.startInstance();
    await Promise.all([
      calls.load('none'),
      parked.list({ limit: 1 }),
      callEvents.oldestInsertedAt(),
      index.open({ limit: 1 }),
    ]);
  }

  #queue(name: string, onRequest?: () => void): AzureQueue {
    const queueName = `${name}${this.#suffix}`;
    return new AzureQueue({ connectionString: this.#connectionString, queueName, onRequest });
  }

  #table(name: string, onRequest?: () => void): AzureTable {
    return new AzureTable({
      connectionString: this.#connectionString,
      tableName: `${name}${this.#suffix}`,
      onRequest,
    });
  }
}

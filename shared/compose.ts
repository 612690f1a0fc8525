import { systemClock } from './clock.ts';
import { readSettings, type Settings } from './config/settings.ts';
import { CallEventsProcessor } from './processing/call-events-processor.ts';
import { AzureQueue } from './queues/azure-queue.ts';
import type { Queue } from './queues/queue.ts';
import { AzureTable } from './store/azure-table.ts';
import { CallIndex } from './store/call-index.ts';
import { CallStore } from './store/call-store.ts';
import { ParkedStore } from './store/parked-store.ts';
import type { Table } from './store/table.ts';
import type { Log } from './telemetry/log-event.ts';

/** The names of what the app keeps in its storage account. */
export const STORAGE_NAMES = {
  tables: { calls: 'Calls', index: 'CallIndex', parked: 'Parked' },
  queues: { callEvents: 'call-events', callEventsPoison: 'call-events-poison' },
} as const;

/** Everything that the functions reach for, put together once per process. */
export interface Services {
  readonly settings: Settings;
  readonly calls: CallStore;
  readonly index: CallIndex;
  readonly parked: ParkedStore;
  readonly callEvents: Queue;
  readonly callEventsPoison: Queue;
  readonly processor: CallEventsProcessor;
  readonly log: Log;
  /** Reaches every table and queue once, which makes those that are missing. */
  ensureStorage(): Promise<void>;
}

/** ACS waits for what a callback writes, so it hears of storage that does not answer before it gives up. */
const REQUEST_LIMITS = { requestTimeoutMs: 4_000, tries: 2 };

/** Longest pause between two writers of one call, times the attempt. */
const PAUSE_MS = 20;

/** @throws SettingsError when a setting is missing or wrong. */
export function compose(log: Log, settings: Settings = readSettings()): Services {
  const { tables, queues } = STORAGE_NAMES;
  const connectionString = settings.storageConnectionString;
  const tableNamed = (tableName: string): Table =>
    new AzureTable({ connectionString, tableName, ...REQUEST_LIMITS });
  const queueNamed = (queueName: string): Queue =>
    new AzureQueue({ connectionString, queueName, ...REQUEST_LIMITS });
  const callsTable = tableNamed(tables.calls);
  const indexTable = tableNamed(tables.index);
  const parkedTable = tableNamed(tables.parked);
  const callEvents = queueNamed(queues.callEvents);
  const callEventsPoison = queueNamed(queues.callEventsPoison);

  const index = new CallIndex(indexTable);
  const calls = new CallStore(callsTable, index, {
    pause: attempt => systemClock.sleep(Math.random() * PAUSE_MS * attempt),
  });
  const parked = new ParkedStore(parkedTable);
  const ports = { calls, parked, callEvents, log, clock: systemClock, random: Math.random };
  return {
    settings,
    calls,
    index,
    parked,
    callEvents,
    callEventsPoison,
    log,
    processor: new CallEventsProcessor(ports),
    async ensureStorage() {
      const reaches = [callsTable, indexTable, parkedTable].map(table => table.get('none', 'none'));
      await Promise.all([...reaches, callEvents.oldestInsertedAt(), callEventsPoison.oldestInsertedAt()]);
    },
  };
}

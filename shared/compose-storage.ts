import { azureCredential } from './config/azure-credential.ts';
import type { Settings, StorageSettings } from './config/settings.ts';
import { AzureQueue } from './queues/azure-queue.ts';
import type { Queue } from './queues/queue.ts';
import { type EventQueue, eventQueueName, SpreadQueue } from './queues/spread-queue.ts';
import type { AzureAccount } from './store/azure-account.ts';
import { AzureTable } from './store/azure-table.ts';
import type { Table } from './store/table.ts';

/** The names of what the app keeps in its storage account. */
export const STORAGE_NAMES = {
  tables: { calls: 'Calls', index: 'CallIndex', parked: 'Parked' },
  queues: {
    callEvents: 'call-events',
    callEventsPoison: 'call-events-poison',
    callActions: 'call-actions',
    callActionsPoison: 'call-actions-poison',
    callAlarms: 'call-alarms',
    callAlarmsPoison: 'call-alarms-poison',
  },
} as const;

/** The tables and queues of the app. */
export interface Storage {
  readonly callsTable: Table;
  readonly indexTable: Table;
  readonly parkedTable: Table;
  readonly callEvents: EventQueue;
  readonly callActions: Queue;
  readonly callAlarms: Queue;
  readonly poisonQueues: readonly Queue[];
  /** Reaches every table and queue once, which makes those that are missing. */
  ensureStorage(): Promise<void>;
}

/** ACS waits for what a callback writes, so it hears of storage that does not answer before it gives up. */
const REQUEST_LIMITS = { requestTimeoutMs: 4_000, tries: 2 };

/** Puts the tables and queues of an account together; asks nothing of it yet. */
export function composeStorage({ storage, eventQueues }: Pick<Settings, 'storage' | 'eventQueues'>): Storage {
  const account = storageAccount(storage);
  const eventQueueNames = Array.from({ length: eventQueues.drained }, (_, index) => eventQueueName(index));
  const tableNamed = (tableName: string): Table =>
    new AzureTable({ ...account, tableName, ...REQUEST_LIMITS });
  const queueNamed = (queueName: string): Queue =>
    new AzureQueue({ ...account, queueName, ...REQUEST_LIMITS });
  const { tables, queues } = STORAGE_NAMES;
  const callsTable = tableNamed(tables.calls);
  const indexTable = tableNamed(tables.index);
  const parkedTable = tableNamed(tables.parked);
  const callEvents = new SpreadQueue(eventQueueNames.map(queueNamed), eventQueues.spread);
  const callActions = queueNamed(queues.callActions);
  const callAlarms = queueNamed(queues.callAlarms);
  const names = [...eventQueueNames, queues.callActions, queues.callAlarms];
  const poisonQueues = names.map(name => queueNamed(`${name}-poison`));
  return {
    callsTable,
    indexTable,
    parkedTable,
    callEvents,
    callActions,
    callAlarms,
    poisonQueues,
    async ensureStorage() {
      const reached = [callsTable, indexTable, parkedTable].map(table => table.get('none', 'none'));
      const asked = [callEvents, callActions, callAlarms, ...poisonQueues].map(queue =>
        queue.oldestInsertedAt(),
      );
      await Promise.all([...reached, ...asked]);
    },
  };
}

function storageAccount(storage: StorageSettings): AzureAccount {
  if ('connectionString' in storage) return storage;
  const { identity, ...addresses } = storage;
  return { ...addresses, credential: azureCredential(identity) };
}

import { randomBytes } from 'node:crypto';
import { AcsHttp } from './actions/acs/acs-http.ts';
import type { AcsAccess } from './actions/acs/acs-transport.ts';
import { acsProvider } from './actions/acs-provider.ts';
import { GaClient } from './actions/ga/ga-client.ts';
import { noProvider } from './actions/no-provider.ts';
import { Preview202104Client } from './actions/preview-2021-04/preview-2021-04-client.ts';
import type { Provider } from './actions/provider.ts';
import { type Clock, eventTimeOf, systemClock } from './clock.ts';
import { readAcsConnectionString } from './config/acs-connection-string.ts';
import { azureCredential } from './config/azure-credential.ts';
import { type AcsSettings, readSettings, type Settings, type StorageSettings } from './config/settings.ts';
import { listening } from './flows/decider.ts';
import { callbackUri } from './http/callback-uri.ts';
import { newCallKey } from './ids/call-key.ts';
import { newId } from './ids/new-id.ts';
import { CallEventsProcessor } from './processing/call-events-processor.ts';
import { CallWorker } from './processing/call-worker.ts';
import { planCommit } from './processing/plan-commit.ts';
import type { RequestPorts } from './processing/request-call.ts';
import { AzureQueue } from './queues/azure-queue.ts';
import type { Queue } from './queues/queue.ts';
import type { AzureAccount } from './store/azure-account.ts';
import { AzureTable } from './store/azure-table.ts';
import { CallIndex } from './store/call-index.ts';
import { CallPartitions } from './store/call-partitions.ts';
import { CallStore } from './store/call-store.ts';
import { Idempotency } from './store/idempotency.ts';
import { IndexUpkeep } from './store/index-upkeep.ts';
import { Lines } from './store/lines.ts';
import { ParkedStore } from './store/parked-store.ts';
import { Progress } from './store/progress.ts';
import type { Table } from './store/table.ts';
import type { Log } from './telemetry/log-event.ts';

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

/** Everything that the functions reach for, put together once per process. */
export interface Services {
  readonly settings: Settings;
  readonly calls: CallStore;
  readonly index: CallIndex;
  readonly parked: ParkedStore;
  readonly callEvents: Queue;
  readonly callActions: Queue;
  readonly callAlarms: Queue;
  readonly poisonQueues: readonly Queue[];
  readonly lines: Lines;
  readonly upkeep: IndexUpkeep;
  readonly partitions: CallPartitions;
  readonly progress: Progress;
  readonly provider: Provider;
  readonly clock: Clock;
  readonly worker: CallWorker;
  readonly random: () => number;
  readonly processor: CallEventsProcessor;
  readonly requests: RequestPorts;
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
  const account = storageAccount(settings.storage);
  const tableNamed = (tableName: string): Table =>
    new AzureTable({ ...account, tableName, ...REQUEST_LIMITS });
  const queueNamed = (queueName: string): Queue =>
    new AzureQueue({ ...account, queueName, ...REQUEST_LIMITS });
  const callsTable = tableNamed(tables.calls);
  const indexTable = tableNamed(tables.index);
  const parkedTable = tableNamed(tables.parked);
  const callEvents = queueNamed(queues.callEvents);
  const callActions = queueNamed(queues.callActions);
  const callAlarms = queueNamed(queues.callAlarms);
  const poisonNames = [queues.callEventsPoison, queues.callActionsPoison, queues.callAlarmsPoison];
  const poisonQueues = poisonNames.map(queueNamed);

  const clock = systemClock;
  const random = Math.random;
  const provider = providerFor(settings);
  const [secret] = settings.callbackSecrets;
  const index = new CallIndex(indexTable);
  const calls = new CallStore(callsTable, index, {
    plan: (callKey, before, request) =>
      planCommit(before, request, {
        callKey,
        decider: listening,
        policyOf: provider.policyOf,
        callbackUriOf: key =>
          secret === undefined ? null : callbackUri({ baseUrl: settings.callbackBaseUrl, secret }, key),
        now: eventTimeOf(clock.now()),
        commitId: newId(),
      }),
    pause: attempt => clock.sleep(random() * PAUSE_MS * attempt),
  });
  const parked = new ParkedStore(parkedTable);
  const upkeep = new IndexUpkeep(indexTable);
  const lines = new Lines(indexTable, { perNumber: settings.linesPerNumber });
  const worker = new CallWorker({ calls, provider, lines, callActions, callAlarms, clock, random, log });
  return {
    settings,
    calls,
    index,
    parked,
    callEvents,
    callActions,
    callAlarms,
    poisonQueues,
    lines,
    upkeep,
    partitions: new CallPartitions(callsTable, upkeep),
    progress: new Progress(indexTable),
    provider,
    clock,
    worker,
    random,
    log,
    processor: new CallEventsProcessor({ worker, parked, callEvents, log, clock, random }),
    requests: requestPorts(worker, indexTable, settings),
    async ensureStorage() {
      const reaches = [callsTable, indexTable, parkedTable].map(table => table.get('none', 'none'));
      await Promise.all([
        ...reaches,
        ...[callEvents, callActions, callAlarms, ...poisonQueues].map(queue => queue.oldestInsertedAt()),
      ]);
    },
  };
}

function providerFor({ acs, previewApiVersion }: Settings): Provider {
  if (acs === undefined) return noProvider;
  const access = accessTo(acs);
  const clock = systemClock;
  const preview = new Preview202104Client(new AcsHttp(access), { apiVersion: previewApiVersion, clock });
  return acsProvider({ 'preview-2021-04': preview, ga: new GaClient(access, { clock }) });
}

function accessTo(acs: AcsSettings): AcsAccess {
  if (!('connectionString' in acs)) return { ...acs, credential: azureCredential(acs.identity) };
  const access = readAcsConnectionString(acs.connectionString);
  if (access === undefined) throw new RangeError('The settings are read with the same function.');
  return { endpoint: access.endpoint, credential: { key: access.key } };
}

function requestPorts(worker: CallWorker, indexTable: Table, { callerDefaults }: Settings): RequestPorts {
  return {
    worker,
    idempotency: new Idempotency(indexTable),
    clock: systemClock,
    callerDefaults,
    dialect: 'preview-2021-04',
    newCallKey: () => newCallKey(systemClock.now(), randomBytes(16)),
  };
}

function storageAccount(storage: StorageSettings): AzureAccount {
  if ('connectionString' in storage) return storage;
  const { identity, ...addresses } = storage;
  return { ...addresses, credential: azureCredential(identity) };
}

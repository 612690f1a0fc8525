import { randomBytes } from 'node:crypto';
import type { AcsAccess } from './actions/acs/acs-transport.ts';
import { acsProvider } from './actions/acs-provider.ts';
import { noProvider } from './actions/no-provider.ts';
import type { Provider } from './actions/provider.ts';
import { tracedProvider } from './actions/traced-provider.ts';
import { type Clock, eventTimeOf, systemClock } from './clock.ts';
import { composeStorage, type Storage } from './compose-storage.ts';
import { readAcsConnectionString } from './config/acs-connection-string.ts';
import { azureCredential } from './config/azure-credential.ts';
import { type AcsSettings, missingForActing, readSettings, type Settings } from './config/settings.ts';
import type { TokenSettings } from './config/token-settings.ts';
import type { FlowLookup } from './flows/decider.ts';
import { listening } from './flows/decider.ts';
import type { BearerTokens } from './http/bearer-tokens.ts';
import { callbackUri } from './http/callback-uri.ts';
import { newCallKey } from './ids/call-key.ts';
import { newId } from './ids/new-id.ts';
import { lazily } from './lazily.ts';
import { onDemand } from './on-demand.ts';
import { CallEventsProcessor } from './processing/call-events-processor.ts';
import { CallWorker } from './processing/call-worker.ts';
import { planCommit } from './processing/plan-commit.ts';
import type { RequestPorts } from './processing/request-call.ts';
import type { IncomingPolicy } from './processing/route-incoming.ts';
import { resolveIncomingRoutes } from './resolve-incoming-routes.ts';
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
import { noTelemetry, type Telemetry } from './telemetry/telemetry.ts';

/** Everything that the functions reach for, put together once per process. */
export interface Services extends Omit<Storage, 'callsTable' | 'indexTable' | 'parkedTable'> {
  readonly settings: Settings;
  /** Proves the tokens of GA's callbacks, where they are asked for. */
  readonly callbackTokens: Pick<BearerTokens, 'refusalOf'> | undefined;
  /** Proves the tokens of Event Grid's deliveries, where they are asked for. */
  readonly eventGridTokens: Pick<BearerTokens, 'refusalOf'> | undefined;
  readonly calls: CallStore;
  readonly index: CallIndex;
  readonly parked: ParkedStore;
  readonly lines: Lines;
  readonly upkeep: IndexUpkeep;
  readonly partitions: CallPartitions;
  readonly progress: Progress;
  readonly provider: Provider;
  /**
   * What is done about calls that come in, with the flows that run them; see {@link resolveIncomingRoutes}.
   *
   * @throws SettingsError when a route names a flow that cannot run its calls.
   */
  readonly incoming: () => Promise<IncomingPolicy>;
  readonly clock: Clock;
  readonly worker: CallWorker;
  readonly random: () => number;
  readonly processor: CallEventsProcessor;
  readonly requests: RequestPorts;
  readonly log: Log;
  readonly telemetry: Telemetry;
}

/** Longest pause between two writers of one call, times the attempt. */
const PAUSE_MS = 20;

/** @throws SettingsError when a setting is missing or wrong. */
export function compose(
  log: Log,
  settings: Settings = readSettings(),
  telemetry: Telemetry = noTelemetry,
): Services {
  const { callsTable, indexTable, parkedTable, ...storage } = composeStorage(settings);
  const { callEvents, callActions, callAlarms } = storage;
  const clock = systemClock;
  const flows = flowsOnDemand();
  const random = Math.random;
  const provider = tracedProvider(providerFor(settings), telemetry);
  const [secret] = settings.callbackSecrets;
  const index = new CallIndex(indexTable);
  const calls = new CallStore(callsTable, index, {
    plan: (callKey, before, request) =>
      planCommit(before, request, {
        callKey,
        decider: listening,
        flows: flows.lookup,
        policyOf: provider.policyOf,
        callbackUriOf: key =>
          secret === undefined ? null : callbackUri({ baseUrl: settings.callbackBaseUrl, secret }, key),
        now: eventTimeOf(clock.now()),
        commitId: newId(),
      }),
    loadFlows: flows.load,
    pause: attempt => clock.sleep(random() * PAUSE_MS * attempt),
  });
  const parked = new ParkedStore(parkedTable);
  const upkeep = new IndexUpkeep(indexTable);
  const lines = new Lines(indexTable, { perNumber: settings.linesPerNumber });
  const told = { clock, random, log, telemetry };
  const worker = new CallWorker({ calls, provider, lines, callActions, callAlarms, ...told });
  const incoming = incomingPolicy(settings);
  return {
    ...storage,
    settings,
    callbackTokens: tokensOf(settings.callbackTokens, log),
    eventGridTokens: tokensOf(settings.eventGridTokens, log),
    calls,
    index,
    parked,
    lines,
    upkeep,
    partitions: new CallPartitions(callsTable, upkeep),
    progress: new Progress(indexTable),
    provider,
    incoming,
    clock,
    worker,
    random,
    log,
    telemetry,
    processor: new CallEventsProcessor({
      incoming,
      worker,
      calls,
      index,
      parked,
      callEvents,
      ...told,
    }),
    requests: { ...requestPorts(worker, indexTable, settings), telemetry },
  };
}

function flowsOnDemand() {
  let lookup: FlowLookup | undefined;
  return {
    get lookup() {
      return lookup;
    },
    async load() {
      lookup ??= (await loadFlows()).lookup;
    },
  };
}

async function loadFlows() {
  const { loadedFlows } = await import('./loaded-flows.ts');
  return loadedFlows;
}

function incomingPolicy({ incomingRoutes, callerDefaults }: Settings): () => Promise<IncomingPolicy> {
  const loadAll = async () => (await loadFlows()).flows;
  return lazily(async () => ({
    routes: await resolveIncomingRoutes(incomingRoutes, loadAll),
    callerDefaults,
  }));
}

function providerFor({ acs, previewApiVersion }: Settings): Provider {
  if (acs === undefined) return noProvider;
  const access = accessTo(acs);
  const clock = systemClock;
  return acsProvider({
    'preview-2021-04': onDemand(async () => {
      const { Preview202104Client } = await import('./actions/preview-2021-04/preview-2021-04-client.ts');
      return new Preview202104Client(access, { apiVersion: previewApiVersion, clock });
    }),
    ga: onDemand(async () => {
      const { GaClient } = await import('./actions/ga/ga-client.ts');
      return new GaClient(access, { clock });
    }),
  });
}

/** Loaded with the first token: whoever asks for none never pays for what proves them. */
function tokensOf(trust: TokenSettings | null, log: Log): Pick<BearerTokens, 'refusalOf'> | undefined {
  if (trust === null) return undefined;
  const tokens = onDemand(async () => {
    const { BearerTokens } = await import('./http/bearer-tokens.ts');
    return new BearerTokens(trust, log);
  });
  return { refusalOf: async authorization => (await tokens()).refusalOf(authorization) };
}

function accessTo(acs: AcsSettings): AcsAccess {
  if (!('connectionString' in acs)) return { ...acs, credential: azureCredential(acs.identity) };
  const access = readAcsConnectionString(acs.connectionString);
  if (access === undefined) throw new RangeError('The settings are read with the same function.');
  return { endpoint: access.endpoint, credential: { key: access.key } };
}

function requestPorts(worker: CallWorker, indexTable: Table, settings: Settings): RequestPorts {
  return {
    worker,
    idempotency: new Idempotency(indexTable),
    clock: systemClock,
    callerDefaults: settings.callerDefaults,
    dialect: settings.dialect,
    missingSetting: missingForActing(settings),
    flows: async () => (await loadFlows()).flows,
    newCallKey: () => newCallKey(systemClock.now(), randomBytes(16)),
  };
}

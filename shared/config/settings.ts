import { ACTING_DIALECTS, type ActingDialect } from '../actions/dialect-support.ts';
import { type IncomingRoute, readIncomingRoutes } from '../actions/incoming-routes.ts';
import type { CallerDefaults } from '../actions/vocabulary/complete-action.ts';
import { numberSchema } from '../actions/vocabulary/identity.ts';
import { readCallbackBaseUrl } from './callback-base-url.ts';
import { type EventQueueSettings, readEventQueues } from './event-queues.ts';
import type { ValuesOf } from './setting.ts';
import { DEFAULT_DIALECT, describeSettings, PREVIEW_API_VERSION, SETTINGS } from './settings-schema.ts';
import { readTelemetry, type TelemetrySettings } from './telemetry-settings.ts';
import {
  callbackTokens,
  eventGridTokens,
  lacksOfEventGridTokens,
  type TokenSettings,
} from './token-settings.ts';

const STORAGE = 'AzureWebJobsStorage';

type Parsed = ValuesOf<typeof SETTINGS>;

/** An identity of Microsoft Entra ID by which a service is reached. */
export interface AzureIdentity {
  /** Of a user-assigned identity; undefined for whichever there is. */
  readonly clientId: string | undefined;
  /** Whether only a managed identity will do, which saves looking for others. */
  readonly isManaged: boolean;
}

/** How the storage account is reached. */
export type StorageSettings =
  | { readonly connectionString: string }
  | {
      readonly queueServiceUri: string;
      readonly tableServiceUri: string;
      readonly identity: AzureIdentity;
    };

/** How Communication Services is reached. */
export type AcsSettings =
  | { readonly connectionString: string }
  | { readonly endpoint: string; readonly identity: AzureIdentity };

/** The settings of the app. */
export interface Settings {
  readonly storage: StorageSettings;
  /** Undefined where no request is to go to Communication Services. */
  readonly acs: AcsSettings | undefined;
  /** The api-version of requests to the 2021-04 preview. */
  readonly previewApiVersion: string;
  /** The dialect of new calls where a request names none. */
  readonly dialect: ActingDialect;
  readonly callerDefaults: CallerDefaults;
  /** How many calls go out from one number at once. */
  readonly linesPerNumber: number;
  /** Where ACS finds the app, without a slash at the end. */
  readonly callbackBaseUrl: string;
  /** The secrets that a callback may be signed with, the current one first. */
  readonly callbackSecrets: readonly string[];
  /** The key that Event Grid shows; undefined where nothing is to be accepted from it. */
  readonly eventGridKey: string | undefined;
  /** Whose tokens the callbacks of GA must bear; null where none is asked for. */
  readonly callbackTokens: TokenSettings | null;
  /** Whose tokens the deliveries of Event Grid must bear; null where none is asked for. */
  readonly eventGridTokens: TokenSettings | null;
  /** What is done about calls that come in; the first that fits counts. */
  readonly incomingRoutes: readonly IncomingRoute[];
  /** Resource ids in small letters; empty for any. */
  readonly eventGridTopics: readonly string[];
  readonly quietConnectingMinutes: number;
  readonly quietConnectedHours: number;
  /** How long a call of GA may be quiet before ACS is asked about it. */
  readonly reconcileMinutes: number;
  /** 0: all is kept for ever. */
  readonly retentionDays: number;
  readonly eventQueues: EventQueueSettings;
  /** Undefined where nothing is to be traced or measured. */
  readonly telemetry: TelemetrySettings | undefined;
}

/** A setting is missing or wrong; the message names each, with what is expected and an example. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from the environment, which nothing else does.
 *
 * @throws SettingsError
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const data = readAll(environment);
  const lacks = lacksOfEventGridTokens(data);
  if (lacks.length > 0) throw new SettingsError(lacks.map(describeFault).join('; '));
  return {
    storage: readStorage(data),
    acs: readAcs(data),
    previewApiVersion: data.ACS_PREVIEW_API_VERSION ?? PREVIEW_API_VERSION,
    dialect: ACTING_DIALECTS.find(dialect => dialect === data.ACS_DIALECT) ?? DEFAULT_DIALECT,
    callerDefaults: {
      from: data.ACS_SOURCE_USER,
      callerId: data.CALLER_ID && numberSchema().parse(data.CALLER_ID),
      cognitiveServicesEndpoint: data.COGNITIVE_SERVICES_ENDPOINT,
    },
    linesPerNumber: data.LINES_PER_NUMBER,
    callbackBaseUrl: readCallbackBaseUrl(data),
    callbackSecrets: [data.CALLBACK_SECRET, data.CALLBACK_SECRET_PREVIOUS].filter(
      secret => secret !== undefined,
    ),
    eventGridKey: data.EVENT_GRID_KEY,
    quietConnectingMinutes: data.QUIET_CONNECTING_MINUTES,
    quietConnectedHours: data.QUIET_CONNECTED_HOURS,
    reconcileMinutes: data.RECONCILE_MINUTES,
    retentionDays: data.RETENTION_DAYS,
    eventQueues: readEventQueues(data),
    telemetry: readTelemetry(data),
    callbackTokens: callbackTokens(data),
    eventGridTokens: eventGridTokens(data),
    incomingRoutes: incomingRoutes(data.INCOMING_CALL_ROUTES),
    eventGridTopics: data.EVENT_GRID_TOPICS.map(topic => topic.toLowerCase()),
  };
}

function readAll(environment: Readonly<Record<string, string | undefined>>): Parsed {
  const read = Object.entries(SETTINGS).map(
    ([name, setting]) => [name, setting.read(environment[name] ?? '')] as const,
  );
  const wrong = read.filter(([, result]) => result === undefined);
  if (wrong.length > 0) throw new SettingsError(wrong.map(([name]) => describeFault(name)).join('; '));
  return Object.fromEntries(read.map(([name, result]) => [name, result?.value])) as Parsed;
}

/** The setting without which nothing can be asked of Communication Services; undefined where none is missing. */
export function missingForActing({
  acs,
  callbackSecrets,
}: Pick<Settings, 'acs' | 'callbackSecrets'>): string | undefined {
  if (acs === undefined) {
    return `${describeFault('ACS_CONNECTION_STRING')}; or, to reach it by identity, ${describeFault('ACS_ENDPOINT')}`;
  }
  return callbackSecrets.length === 0 ? describeFault('CALLBACK_SECRET') : undefined;
}

function incomingRoutes(text: string | undefined): readonly IncomingRoute[] {
  if (text === undefined) return [];
  const read = readIncomingRoutes(text);
  if (read.ok) return read.routes;
  throw new SettingsError(read.faults.map(fault => `INCOMING_CALL_ROUTES: ${fault}`).join('; '));
}

function describeFault(name: string): string {
  const info = describeSettings().get(name);
  return `${name}: expected ${info?.expected}, such as ${info?.example}`;
}

function readStorage(data: Parsed): StorageSettings {
  if (data.AzureWebJobsStorage !== undefined) return { connectionString: data.AzureWebJobsStorage };
  const account = data.AzureWebJobsStorage__accountName;
  const addressOf = (service: string) =>
    account === undefined ? undefined : `https://${account}.${service}.core.windows.net`;
  const queueServiceUri = data.AzureWebJobsStorage__queueServiceUri ?? addressOf('queue');
  const tableServiceUri = data.AzureWebJobsStorage__tableServiceUri ?? addressOf('table');
  if (queueServiceUri === undefined && tableServiceUri === undefined) {
    throw new SettingsError(
      `${describeFault(STORAGE)}; or, to reach it by identity, ${describeFault(`${STORAGE}__accountName`)}`,
    );
  }
  // One address without the other is a slip, and no wish to have the rest elsewhere.
  if (queueServiceUri === undefined) throw new SettingsError(describeFault(`${STORAGE}__queueServiceUri`));
  if (tableServiceUri === undefined) throw new SettingsError(describeFault(`${STORAGE}__tableServiceUri`));
  const isManaged = data.AzureWebJobsStorage__credential !== undefined;
  const identity = { clientId: data.AzureWebJobsStorage__clientId, isManaged };
  return { queueServiceUri, tableServiceUri, identity };
}

function readAcs(data: Parsed): AcsSettings | undefined {
  if (data.ACS_CONNECTION_STRING !== undefined) return { connectionString: data.ACS_CONNECTION_STRING };
  if (data.ACS_ENDPOINT === undefined) return undefined;
  const clientId = data.AZURE_CLIENT_ID;
  return { endpoint: data.ACS_ENDPOINT, identity: { clientId, isManaged: clientId !== undefined } };
}

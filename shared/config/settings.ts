import * as z from 'zod';
import type { CallerDefaults } from '../actions/vocabulary/complete-action.ts';
import { acsUserSchema, numberSchema } from '../actions/vocabulary/identity.ts';
import { isAcsEndpoint, readAcsConnectionString } from './acs-connection-string.ts';
import { readCallbackBaseUrl } from './callback-base-url.ts';
import { findConnectionStringProblem, isWebAddress } from './storage-connection-string.ts';

/** What is to be known of a setting beside its type. `docs/settings.md` is made of it. */
interface SettingInfo {
  /** What it is for. */
  readonly what: string;
  /** What a value must be, to follow the word "expected". */
  readonly expected: string;
  readonly example: string;
  /** What holds where it is not set. */
  readonly otherwise: string;
  /** Which settings the deployed app has in its place. Where there are none, infra/ must set it: a test compares. */
  readonly onAzureInstead?: string;
}

const settingInfo = z.registry<SettingInfo>();

/** Any number of days within it is a time that a date can hold. */
const WHOLE_NUMBER_MAX = 36_500;

/** A setting that is there but empty counts as missing: that is how a template leaves it. */
function text(info: SettingInfo, isValid: (value: string) => boolean = () => true) {
  return z
    .string()
    .optional()
    .transform(value => (value === '' ? undefined : value))
    .refine(value => value === undefined || isValid(value))
    .register(settingInfo, info);
}

function wholeNumber(
  { from, otherwise }: { readonly from: number; readonly otherwise: number },
  what: string,
) {
  return z
    .string()
    .optional()
    .transform(value => (value === undefined || value === '' ? otherwise : Number(value)))
    .pipe(z.int().min(from).max(WHOLE_NUMBER_MAX))
    .register(settingInfo, {
      what,
      expected: `a whole number from ${from} to ${WHOLE_NUMBER_MAX}`,
      example: String(otherwise),
      otherwise: String(otherwise),
    });
}

const PREVIEW_API_VERSION = '2021-05-28-preview2';
const STORAGE = 'AzureWebJobsStorage';
const BY_IDENTITY = `\`${STORAGE}__queueServiceUri\`, \`${STORAGE}__tableServiceUri\``;
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Every setting that the app reads. The Functions host reads some of the same, and others (docs/settings.md). */
const schema = z.object({
  AzureWebJobsStorage: text(
    {
      what: 'The storage account that holds the queues and tables, as a connection string. The host’s triggers read it too.',
      expected: 'a connection string',
      example: 'UseDevelopmentStorage=true',
      otherwise: 'the account is reached by identity',
      onAzureInstead: BY_IDENTITY,
    },
    value => findConnectionStringProblem(value) === undefined,
  ),
  AzureWebJobsStorage__accountName: text(
    {
      what: 'The name of the storage account, in the public cloud, to be reached by identity.',
      expected: 'the name of a storage account',
      example: 'mystore',
      otherwise: 'the addresses below name it',
      onAzureInstead: BY_IDENTITY,
    },
    value => /^[a-z\d]{3,24}$/.test(value),
  ),
  AzureWebJobsStorage__queueServiceUri: text(
    {
      what: 'The address of the account’s queues, to be reached by identity.',
      expected: 'an https address',
      example: 'https://mystore.queue.core.windows.net',
      otherwise: 'that of the account by its name',
    },
    isWebAddress,
  ),
  AzureWebJobsStorage__tableServiceUri: text(
    {
      what: 'The address of the account’s tables, to be reached by identity.',
      expected: 'an https address',
      example: 'https://mystore.table.core.windows.net',
      otherwise: 'that of the account by its name',
    },
    isWebAddress,
  ),
  AzureWebJobsStorage__credential: text(
    {
      what: 'How the identity is proven.',
      expected: 'managedidentity, or nothing',
      example: 'managedidentity',
      otherwise: 'whatever is found: a managed identity, or who is logged in with the Azure CLI',
    },
    value => value === 'managedidentity',
  ),
  AzureWebJobsStorage__clientId: text(
    {
      what: 'The client id of the user-assigned identity that reaches storage.',
      expected: 'the client id (a GUID) of a user-assigned identity',
      example: '11111111-2222-3333-4444-555555555555',
      otherwise: 'the identity of the app itself',
    },
    value => GUID.test(value),
  ),
  ACS_CONNECTION_STRING: text(
    {
      what: 'The Communication Services resource, with an access key. The previews know no other way.',
      expected: 'a connection string of Communication Services',
      example: 'endpoint=https://mycalls.communication.azure.com/;accesskey=bm90IGEga2V5',
      otherwise: 'the resource is reached by identity',
      onAzureInstead: '`ACS_ENDPOINT`, `AZURE_CLIENT_ID`',
    },
    value => readAcsConnectionString(value) !== undefined,
  ),
  ACS_ENDPOINT: text(
    {
      what: 'The address of the Communication Services resource, to be reached by identity.',
      expected: 'an https address',
      example: 'https://mycalls.communication.azure.com',
      otherwise: 'no requests go to Communication Services, unless `ACS_CONNECTION_STRING` is set',
    },
    isAcsEndpoint,
  ),
  AZURE_CLIENT_ID: text(
    {
      what: 'The client id of the user-assigned identity that reaches Communication Services.',
      expected: 'the client id (a GUID) of a user-assigned identity',
      example: '11111111-2222-3333-4444-555555555555',
      otherwise: 'whatever is found: the identity of the app, or who is logged in with the Azure CLI',
    },
    value => GUID.test(value),
  ),
  ACS_PREVIEW_API_VERSION: text(
    {
      what: 'The api-version of requests to the 2021-04 preview.',
      expected: 'an api-version',
      example: PREVIEW_API_VERSION,
      otherwise: PREVIEW_API_VERSION,
    },
    value => /^\d{4}-\d{2}-\d{2}(-preview\d*)?$/.test(value),
  ),
  ACS_SOURCE_USER: text(
    {
      what: 'The user of Communication Services that calls are placed by, where a request names none.',
      expected: 'the raw id of a user of Communication Services',
      example: '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c',
      otherwise: 'every request has to name one',
    },
    value => acsUserSchema.safeParse(value).success,
  ),
  CALLER_ID: text(
    {
      what: 'The number of the resource that telephones show, where a request names none.',
      expected: 'an E.164 number',
      example: '+18335550100',
      otherwise: 'every request that calls a telephone has to name one',
    },
    value => numberSchema.safeParse(value).success,
  ),
  LINES_PER_NUMBER: wholeNumber(
    { from: 1, otherwise: 2 },
    'How many calls go out from one number at once, over all instances. Communication Services allows two unless it was asked for more.',
  ),
  CALLBACK_BASE_URL: text(
    {
      what: 'Where Communication Services finds the app.',
      expected: 'an http or https address without a query',
      example: 'https://mycalls.example.com',
      otherwise: 'the address that the host has by `WEBSITE_HOSTNAME`',
      onAzureInstead: '`WEBSITE_HOSTNAME`',
    },
    value => isWebAddress(value) && !/[?#]/.test(value),
  ),
  WEBSITE_HOSTNAME: text(
    {
      what: 'The name of the app’s host: set by Azure, by Core Tools and by `npm start`.',
      expected: 'a name, and a port where it is not the usual one',
      example: 'myapp.azurewebsites.net',
      otherwise: '`localhost:7071`',
      onAzureInstead: 'what Azure sets',
    },
    value => /^[\w.-]+(:\d+)?$/.test(value),
  ),
  CALLBACK_SECRET: text({
    what: 'Signs callback URLs, and proves them.',
    expected: 'a text that nobody can guess',
    example: 'the output of: openssl rand -base64 32',
    otherwise: 'no callback is accepted',
  }),
  CALLBACK_SECRET_PREVIOUS: text({
    what: 'The secret before: also valid while a new one is brought in.',
    expected: 'a text that nobody can guess',
    example: 'what CALLBACK_SECRET was',
    otherwise: 'only `CALLBACK_SECRET` is valid',
  }),
  EVENT_GRID_KEY: text({
    what: 'The key in the URL by which Event Grid delivers.',
    expected: 'a text that nobody can guess',
    example: 'the output of: openssl rand -hex 32',
    otherwise: 'nothing is accepted from Event Grid',
  }),
  QUIET_CONNECTING_MINUTES: wholeNumber(
    { from: 1, otherwise: 10 },
    'Minutes without word after which a call that is not connected is given up.',
  ),
  QUIET_CONNECTED_HOURS: wholeNumber(
    { from: 1, otherwise: 24 },
    'Hours without word after which a connected call is given up, unless ACS says that it is open.',
  ),
  RECONCILE_MINUTES: wholeNumber(
    { from: 1, otherwise: 15 },
    'Minutes without word after which ACS is asked about an open call of GA: whether it is there, and who is on it.',
  ),
  COGNITIVE_SERVICES_ENDPOINT: text(
    {
      what: 'The Azure AI services that speak and listen on calls of GA.',
      expected: 'an https address',
      example: 'https://speech.cognitiveservices.azure.com',
      otherwise: 'calls play files and collect tones, and neither speak nor understand',
    },
    isWebAddress,
  ),
  RETENTION_DAYS: wholeNumber(
    { from: 0, otherwise: 90 },
    'Days that ended calls and parked things are kept; 0 keeps all for ever.',
  ),
});

type Parsed = z.infer<typeof schema>;

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
  readonly callerDefaults: CallerDefaults;
  /** How many calls go out from one number at once. */
  readonly linesPerNumber: number;
  /** Where ACS finds the app, without a slash at the end. */
  readonly callbackBaseUrl: string;
  /** The secrets that a callback may be signed with, the current one first. */
  readonly callbackSecrets: readonly string[];
  /** The key that Event Grid shows; undefined where nothing is to be accepted from it. */
  readonly eventGridKey: string | undefined;
  readonly quietConnectingMinutes: number;
  readonly quietConnectedHours: number;
  /** 0: all is kept for ever. */
  /** How long a call of GA may be quiet before ACS is asked about it. */
  readonly reconcileMinutes: number;
  readonly retentionDays: number;
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
  const { success, data, error } = schema.safeParse(environment);
  if (!success) {
    const names = new Set(error.issues.map(({ path }) => String(path[0])));
    throw new SettingsError([...names].map(describeFault).join('; '));
  }
  return {
    storage: readStorage(data),
    acs: readAcs(data),
    previewApiVersion: data.ACS_PREVIEW_API_VERSION ?? PREVIEW_API_VERSION,
    callerDefaults: {
      from: data.ACS_SOURCE_USER,
      callerId: data.CALLER_ID && numberSchema.parse(data.CALLER_ID),
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
  };
}

/** What is to be known of each setting, by name, in the order in which to read of them. */
export function describeSettings(): ReadonlyMap<string, SettingInfo> {
  return new Map(
    Object.entries(schema.shape).map(([name, field]) => {
      const info = settingInfo.get(field);
      if (info === undefined) throw new Error(`Nothing is said of the setting ${name}.`);
      return [name, info];
    }),
  );
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

import { ACTING_DIALECTS, type ActingDialect } from '../actions/dialect-support.ts';
import { acsUserSchema, numberSchema } from '../actions/vocabulary/identity.ts';
import { isAcsEndpoint, readAcsConnectionString } from './acs-connection-string.ts';
import { eventQueueFields } from './event-queues.ts';
import { list, type SettingInfo, secret, text, wholeNumber } from './setting.ts';
import { findConnectionStringProblem } from './storage-connection-string.ts';
import { telemetryFields } from './telemetry-settings.ts';
import { ACS_ISSUER, ACS_JWKS_URL } from './token-settings.ts';
import { isServiceAddress, isWebAddress } from './web-address.ts';

/** The api-version of the 2021-04 preview, unless told. */
export const PREVIEW_API_VERSION = '2021-05-28-preview2';
/** The dialect of new calls, unless told. */
export const DEFAULT_DIALECT: ActingDialect = 'preview-2021-04';
const STORAGE = 'AzureWebJobsStorage';
const BY_IDENTITY = `\`${STORAGE}__queueServiceUri\`, \`${STORAGE}__tableServiceUri\``;
const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Every setting that the app reads. The Functions host reads some of the same, and others (docs/settings.md). */
export const SETTINGS = {
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
    isServiceAddress,
  ),
  AzureWebJobsStorage__tableServiceUri: text(
    {
      what: 'The address of the account’s tables, to be reached by identity.',
      expected: 'an https address',
      example: 'https://mystore.table.core.windows.net',
      otherwise: 'that of the account by its name',
    },
    isServiceAddress,
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
  ACS_DIALECT: text(
    {
      what: 'The dialect of calls that are placed or joined, where a request names none (docs/dialects-acting.md).',
      expected: ACTING_DIALECTS.join(' or '),
      example: 'ga',
      otherwise: `\`${DEFAULT_DIALECT}\``,
    },
    value => ACTING_DIALECTS.some(dialect => dialect === value),
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
    value => acsUserSchema().safeParse(value).success,
  ),
  CALLER_ID: text(
    {
      what: 'The number of the resource that telephones show, where a request names none.',
      expected: 'an E.164 number',
      example: '+18335550100',
      otherwise: 'every request that calls a telephone has to name one',
    },
    value => numberSchema().safeParse(value).success,
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
  CALLBACK_SECRET: secret({
    what: 'Signs callback URLs, and proves them.',
    example: 'the output of: openssl rand -base64 32',
    otherwise: 'no callback is accepted',
  }),
  CALLBACK_SECRET_PREVIOUS: secret({
    what: 'The secret before: also valid while a new one is brought in.',
    example: 'what CALLBACK_SECRET was',
    otherwise: 'only `CALLBACK_SECRET` is valid',
  }),
  CALLBACK_JWT_AUDIENCE: list({
    what: 'The immutable resource ids of the Communication Services resources whose callbacks of GA are taken, each with a token for one of them.',
    expected: 'ids with commas between them',
    example: '7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10',
    otherwise: 'no token is asked for',
  }),
  CALLBACK_JWT_ISSUER: list({
    what: 'Who issues the tokens of these callbacks.',
    expected: 'issuers with commas between them',
    example: ACS_ISSUER,
    otherwise: `\`${ACS_ISSUER}\``,
    onAzureInstead: 'the same',
  }),
  CALLBACK_JWT_JWKS_URL: text(
    {
      what: 'Where the keys of that issuer are.',
      expected: 'a web address',
      example: ACS_JWKS_URL,
      otherwise: `\`${ACS_JWKS_URL}\``,
      onAzureInstead: 'the same',
    },
    isWebAddress,
  ),
  EVENT_GRID_JWT_AUDIENCE: list({
    what: 'For whom the tokens of Event Grid are made, where its subscription delivers with tokens of Microsoft Entra ID. They are asked for beside the key.',
    expected: 'audiences with commas between them',
    example: 'api://mycalls',
    otherwise: 'no token is asked for',
    onAzureInstead: 'the key alone',
  }),
  EVENT_GRID_JWT_ISSUER: list({
    what: 'Who issues these tokens; to be set where an audience is.',
    expected: 'issuers with commas between them',
    example: 'https://sts.windows.net/11111111-2222-3333-4444-555555555555/',
    otherwise: 'no token is asked for',
    onAzureInstead: 'the key alone',
  }),
  EVENT_GRID_JWT_JWKS_URL: text(
    {
      what: 'Where the keys of that issuer are; to be set where an audience is.',
      expected: 'a web address',
      example: 'https://login.microsoftonline.com/common/discovery/keys',
      otherwise: 'no token is asked for',
      onAzureInstead: 'the key alone',
    },
    isWebAddress,
  ),
  EVENT_GRID_TOPICS: list({
    what: 'The resource ids that Event Grid may deliver events of.',
    expected: 'resource ids with commas between them',
    example:
      '/subscriptions/…/resourceGroups/…/providers/Microsoft.Communication/CommunicationServices/mycalls',
    otherwise: 'events of any resource are taken',
  }),
  EVENT_GRID_KEY: secret({
    what: 'The key in the URL by which Event Grid delivers.',
    example: 'the output of: openssl rand -hex 32',
    otherwise: 'Event Grid has to show the signature `sig` of its URL',
  }),
  INCOMING_CALL_ROUTES: text({
    what: 'What is done about calls that come in, as JSON: a list of which the first that fits counts (docs/dialects-acting.md).',
    expected: 'a list of routes',
    example: '[{"to":"+18335550100","action":"answer"},{"from":"4:anonymous","action":"reject"}]',
    otherwise: 'calls that come in are recorded, and nothing is done about them',
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
    isServiceAddress,
  ),
  RETENTION_DAYS: wholeNumber(
    { from: 0, otherwise: 90 },
    'Days that ended calls and parked things are kept; 0 keeps all for ever.',
  ),
  ...eventQueueFields,
  ...telemetryFields,
};

/** What is to be known of each setting, by name, in the order in which to read of them. */
export function describeSettings(): ReadonlyMap<string, SettingInfo> {
  return new Map(Object.entries(SETTINGS).map(([name, { info }]) => [name, info]));
}

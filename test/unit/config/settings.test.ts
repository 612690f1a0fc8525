import { describe, expect, it } from 'vitest';
import { drainedEventQueues } from '../../../shared/config/event-queues.ts';
import { readSettings, SettingsError } from '../../../shared/config/settings.ts';
import { describeSettings } from '../../../shared/config/settings-schema.ts';

const STORAGE = 'UseDevelopmentStorage=true';
const ACS = 'endpoint=https://x.example/;accesskey=a2V5';
const CLIENT_ID = '11111111-2222-3333-4444-555555555555';

describe('readSettings', () => {
  it.each([
    { name: 'no secret', environment: {}, callbackSecrets: [] },
    { name: 'one secret', environment: { CALLBACK_SECRET: 'a' }, callbackSecrets: ['a'] },
    {
      name: 'two secrets, the current one first',
      environment: { CALLBACK_SECRET_PREVIOUS: 'b', CALLBACK_SECRET: 'a' },
      callbackSecrets: ['a', 'b'],
    },
    {
      name: 'secrets left empty, as a template does',
      environment: { CALLBACK_SECRET: '', CALLBACK_SECRET_PREVIOUS: '' },
      callbackSecrets: [],
    },
    {
      name: 'only the previous secret',
      environment: { CALLBACK_SECRET: '', CALLBACK_SECRET_PREVIOUS: 'b' },
      callbackSecrets: ['b'],
    },
  ])('reads $name', ({ environment, callbackSecrets }) => {
    expect(readSettings({ AzureWebJobsStorage: STORAGE, UNRELATED: 'x', ...environment })).toEqual({
      storage: { connectionString: STORAGE },
      acs: undefined,
      previewApiVersion: '2021-05-28-preview2',
      dialect: 'preview-2021-04',
      callerDefaults: { from: undefined, callerId: undefined, cognitiveServicesEndpoint: undefined },
      linesPerNumber: 2,
      callbackBaseUrl: 'http://localhost:7071',
      eventGridKey: undefined,
      callbackSecrets,
      callbackTokens: null,
      eventGridTokens: null,
      eventGridTopics: [],
      incomingRoutes: [],
      quietConnectingMinutes: 10,
      quietConnectedHours: 24,
      reconcileMinutes: 15,
      retentionDays: 90,
      eventQueues: { spread: 1, drained: 1 },
      telemetry: undefined,
    });
  });

  it.each([
    {
      name: 'that are left empty',
      given: { QUIET_CONNECTING_MINUTES: '', QUIET_CONNECTED_HOURS: '', RETENTION_DAYS: '' },
      expected: { quietConnectingMinutes: 10, quietConnectedHours: 24, retentionDays: 90 },
    },
    {
      name: 'that are set',
      given: { QUIET_CONNECTING_MINUTES: '3', QUIET_CONNECTED_HOURS: '48', RETENTION_DAYS: '0' },
      expected: { quietConnectingMinutes: 3, quietConnectedHours: 48, retentionDays: 0 },
    },
  ])('reads numbers $name', ({ given, expected }) => {
    expect(readSettings({ AzureWebJobsStorage: STORAGE, ...given })).toMatchObject(expected);
  });

  it.each([
    {
      name: 'the defaults of ACS for an audience',
      given: { CALLBACK_JWT_AUDIENCE: 'a, b,' },
      expected: {
        callbackTokens: {
          audiences: ['a', 'b'],
          issuers: ['https://acscallautomation.communication.azure.com'],
          jwksUrl: 'https://acscallautomation.communication.azure.com/calling/keys',
        },
        eventGridTokens: null,
      },
    },
    {
      name: 'an issuer of its own',
      given: {
        CALLBACK_JWT_AUDIENCE: 'a',
        CALLBACK_JWT_ISSUER: 'http://127.0.0.1:1',
        CALLBACK_JWT_JWKS_URL: 'http://127.0.0.1:1/keys',
      },
      expected: {
        callbackTokens: {
          audiences: ['a'],
          issuers: ['http://127.0.0.1:1'],
          jwksUrl: 'http://127.0.0.1:1/keys',
        },
      },
    },
    {
      name: 'none without an audience',
      given: { CALLBACK_JWT_AUDIENCE: '', CALLBACK_JWT_ISSUER: 'x', EVENT_GRID_JWT_ISSUER: 'x' },
      expected: { callbackTokens: null, eventGridTokens: null },
    },
    {
      name: 'that of Event Grid, and its topics in small letters',
      given: {
        EVENT_GRID_JWT_AUDIENCE: 'app',
        EVENT_GRID_JWT_ISSUER: 'https://issuer.example/a,https://issuer.example/b',
        EVENT_GRID_JWT_JWKS_URL: 'https://issuer.example/keys',
        EVENT_GRID_TOPICS: '/subscriptions/S/providers/Microsoft.Communication/x , /y',
      },
      expected: {
        eventGridTokens: {
          audiences: ['app'],
          issuers: ['https://issuer.example/a', 'https://issuer.example/b'],
          jwksUrl: 'https://issuer.example/keys',
        },
        eventGridTopics: ['/subscriptions/s/providers/microsoft.communication/x', '/y'],
      },
    },
  ])('reads about tokens $name', ({ given, expected }) => {
    expect(readSettings({ AzureWebJobsStorage: STORAGE, ...given })).toMatchObject(expected);
  });

  it.each([
    {
      given: { CALLBACK_JWT_AUDIENCE: 'a', CALLBACK_JWT_JWKS_URL: 'keys' },
      message: /CALLBACK_JWT_JWKS_URL: expected a web address/,
    },
    {
      given: { EVENT_GRID_JWT_AUDIENCE: 'a' },
      message: /EVENT_GRID_JWT_ISSUER: expected issuers.*EVENT_GRID_JWT_JWKS_URL: expected a web address/,
    },
  ])('refuses $given, and says what it expects', ({ given, message }) => {
    const read = () => readSettings({ AzureWebJobsStorage: STORAGE, ...given });

    expect(read).toThrow(SettingsError);
    expect(read).toThrow(message);
  });

  it.each([
    { setting: 'QUIET_CONNECTING_MINUTES', value: '0' },
    { setting: 'QUIET_CONNECTED_HOURS', value: '1.5' },
    { setting: 'RETENTION_DAYS', value: 'never' },
    { setting: 'RETENTION_DAYS', value: '-1' },
    { setting: 'RETENTION_DAYS', value: '99999' },
  ])('refuses $value for $setting, and says what it expects', ({ setting, value }) => {
    const read = () => readSettings({ AzureWebJobsStorage: STORAGE, [setting]: value });

    expect(read).toThrow(SettingsError);
    expect(read).toThrow(new RegExp(`${setting}: expected a whole number from \\d to 36500`));
  });

  it.each([{}, { AzureWebJobsStorage: undefined }, { AzureWebJobsStorage: '' }])(
    'names the setting that is missing, and what is expected: %j',
    environment => {
      const read = () => readSettings({ ...environment, CALLBACK_SECRET: 'very secret' });

      expect(read).toThrow(SettingsError);
      expect(read).toThrow(/^AzureWebJobsStorage: expected a connection string/);
      expect(read).not.toThrow(/very secret/);
    },
  );

  it.each([
    {
      name: 'by its addresses',
      given: {
        AzureWebJobsStorage__queueServiceUri: 'https://a.queue.core.windows.net/',
        AzureWebJobsStorage__tableServiceUri: 'https://a.table.core.windows.net/',
        AzureWebJobsStorage__credential: 'managedidentity',
        AzureWebJobsStorage__clientId: CLIENT_ID,
      },
      expected: {
        queueServiceUri: 'https://a.queue.core.windows.net/',
        tableServiceUri: 'https://a.table.core.windows.net/',
        identity: { clientId: CLIENT_ID, isManaged: true },
      },
    },
    {
      name: 'by its name',
      given: { AzureWebJobsStorage: '', AzureWebJobsStorage__accountName: 'mystore' },
      expected: {
        queueServiceUri: 'https://mystore.queue.core.windows.net',
        tableServiceUri: 'https://mystore.table.core.windows.net',
        identity: { clientId: undefined, isManaged: false },
      },
    },
    {
      name: 'by a connection string, which wins',
      given: { AzureWebJobsStorage: STORAGE, AzureWebJobsStorage__accountName: 'mystore' },
      expected: { connectionString: STORAGE },
    },
  ])('reads the storage account $name', ({ given, expected }) => {
    expect(readSettings(given).storage).toEqual(expected);
  });

  it.each([
    { name: 'neither', given: {}, expected: undefined },
    {
      name: 'a connection string',
      given: { ACS_CONNECTION_STRING: ACS, ACS_ENDPOINT: 'https://x.example' },
      expected: { connectionString: ACS },
    },
    {
      name: 'an address and an identity',
      given: { ACS_ENDPOINT: 'https://x.example', AZURE_CLIENT_ID: CLIENT_ID },
      expected: { endpoint: 'https://x.example', identity: { clientId: CLIENT_ID, isManaged: true } },
    },
    {
      name: 'an address',
      given: { ACS_ENDPOINT: 'https://x.example' },
      expected: { endpoint: 'https://x.example', identity: { clientId: undefined, isManaged: false } },
    },
  ])('reads Communication Services from $name', ({ given, expected }) => {
    expect(readSettings({ AzureWebJobsStorage: STORAGE, ...given }).acs).toEqual(expected);
  });

  it.each([
    { setting: 'AzureWebJobsStorage', value: 'AccountName=a', expected: 'a connection string' },
    { setting: 'AzureWebJobsStorage__accountName', value: 'My Store', expected: 'the name of' },
    { setting: 'AzureWebJobsStorage__queueServiceUri', value: 'a.queue', expected: 'an https address' },
    { setting: 'AzureWebJobsStorage__tableServiceUri', value: 'ftp://a', expected: 'an https address' },
    { setting: 'AzureWebJobsStorage__credential', value: 'key', expected: 'managedidentity' },
    { setting: 'AzureWebJobsStorage__clientId', value: 'me', expected: 'the client id' },
    { setting: 'ACS_CONNECTION_STRING', value: 'https://x.example', expected: 'a connection string' },
    { setting: 'ACS_ENDPOINT', value: 'x.example', expected: 'an https address' },
    {
      setting: 'ACS_CONNECTION_STRING',
      value: `endpoint=http://x.example/;accesskey=a2V5`,
      expected: 'a conn',
    },
    {
      setting: 'ACS_CONNECTION_STRING',
      value: `endpoint=https://x.example/;accesskey=a b`,
      expected: 'a conn',
    },
    {
      setting: 'ACS_CONNECTION_STRING',
      value: `endpoint=https://x.example/`,
      expected: 'a connection string',
    },
    { setting: 'ACS_ENDPOINT', value: 'http://x.example', expected: 'an https address' },
    { setting: 'ACS_ENDPOINT', value: 'https://x.example/path', expected: 'an https address' },
    { setting: 'ACS_DIALECT', value: 'event-grid', expected: 'preview-2021-04 or ga' },
    { setting: 'ACS_PREVIEW_API_VERSION', value: 'latest', expected: 'an api-version' },
    { setting: 'ACS_SOURCE_USER', value: '+18335550100', expected: 'the raw id of a user' },
    { setting: 'CALLER_ID', value: '8335550100', expected: 'an E.164 number' },
    { setting: 'CALLBACK_BASE_URL', value: 'mycalls.example.com', expected: 'an http or https address' },
    { setting: 'CALLBACK_BASE_URL', value: 'https://a.example/?b=c', expected: 'an http or https address' },
    { setting: 'WEBSITE_HOSTNAME', value: 'https://a.example', expected: 'a name' },
    { setting: 'AZURE_CLIENT_ID', value: 'me', expected: 'the client id' },
  ])('refuses $value for $setting, and gives an example', ({ setting, value, expected }) => {
    const environment = { AzureWebJobsStorage: STORAGE, [setting]: value };

    expect(() => readSettings(environment)).toThrow(
      new RegExp(`^${setting}: expected ${expected}.*, such as .`),
    );
  });

  it('reads routes of calls that come in, and says where one is wrong', () => {
    const read = (text: string) => readSettings({ AzureWebJobsStorage: STORAGE, INCOMING_CALL_ROUTES: text });

    expect(read('[{"action":"ignore"}]').incomingRoutes).toEqual([{ action: 'ignore', to: '*', from: '*' }]);
    expect(() => read('[{"action":"forward"}]')).toThrow(
      /^INCOMING_CALL_ROUTES: \/0\/action: expected one of/,
    );
  });

  it.each([
    `endpoint=http://127.0.0.1:7080/;accesskey=a2V5`,
    `Endpoint=https://x.example;AccessKey=a2V5;`,
    `accesskey=a2V5;endpoint=http://localhost:7080`,
  ])('takes the connection string %s', ACS_CONNECTION_STRING => {
    const environment = { AzureWebJobsStorage: STORAGE, ACS_CONNECTION_STRING };

    expect(readSettings(environment).acs).toEqual({ connectionString: ACS_CONNECTION_STRING });
  });

  it('reads who calls as raw ids, and the rest of what acting needs', () => {
    const environment = {
      ACS_SOURCE_USER: '8:acs:a_b',
      CALLER_ID: '+18335550100',
      ACS_PREVIEW_API_VERSION: '2021-04-15-preview1',
      ACS_DIALECT: 'ga',
      LINES_PER_NUMBER: '7',
    };

    expect(readSettings({ AzureWebJobsStorage: STORAGE, ...environment })).toMatchObject({
      callerDefaults: { from: '8:acs:a_b', callerId: '4:+18335550100' },
      previewApiVersion: '2021-04-15-preview1',
      dialect: 'ga',
      linesPerNumber: 7,
    });
  });

  it.each([
    { given: { WEBSITE_HOSTNAME: 'myapp.azurewebsites.net' }, url: 'https://myapp.azurewebsites.net' },
    { given: { WEBSITE_HOSTNAME: 'localhost:7072' }, url: 'http://localhost:7072' },
    { given: { WEBSITE_HOSTNAME: 'localhost.example.com' }, url: 'https://localhost.example.com' },
    {
      given: { WEBSITE_HOSTNAME: 'localhost:7072', CALLBACK_BASE_URL: 'https://a.example/calls/' },
      url: 'https://a.example/calls',
    },
  ])('is found at $url', ({ given, url }) => {
    expect(readSettings({ AzureWebJobsStorage: STORAGE, ...given }).callbackBaseUrl).toBe(url);
  });

  it.each([
    { given: 'queue', missing: 'table' },
    { given: 'table', missing: 'queue' },
  ])('names the address of the $missing service where only that of the $given service is set', names => {
    const environment = { [`AzureWebJobsStorage__${names.given}ServiceUri`]: 'https://a.example' };

    expect(() => readSettings(environment)).toThrow(
      `AzureWebJobsStorage__${names.missing}ServiceUri: expected an https address`,
    );
  });

  it('names every setting that is wrong', () => {
    const environment = { AzureWebJobsStorage: STORAGE, RETENTION_DAYS: 'x', QUIET_CONNECTED_HOURS: 'y' };

    expect(() => readSettings(environment)).toThrow(/QUIET_CONNECTED_HOURS: .*; RETENTION_DAYS: /);
  });
});

describe('the settings of the event queues', () => {
  it.each([
    [{}, { spread: 1, drained: 1 }],
    [{ EVENT_QUEUES: '4' }, { spread: 4, drained: 4 }],
    [
      { EVENT_QUEUES: '2', EVENT_QUEUES_PREVIOUS: '4' },
      { spread: 2, drained: 4 },
    ],
    [
      { EVENT_QUEUES: '4', EVENT_QUEUES_PREVIOUS: '2' },
      { spread: 4, drained: 4 },
    ],
    [{ EVENT_QUEUES_PREVIOUS: '3' }, { spread: 1, drained: 3 }],
  ])('say of %j where events are put and from where they are taken', (environment, expected) => {
    expect(readSettings({ AzureWebJobsStorage: STORAGE, ...environment }).eventQueues).toEqual(expected);
    expect(drainedEventQueues(environment)).toBe(expected.drained);
  });

  it.each(['0', '17', 'many', '1.5'])('refuse %s, and register one function until that is told', wrong => {
    const environment = { EVENT_QUEUES: wrong };

    expect(() => readSettings({ AzureWebJobsStorage: STORAGE, ...environment })).toThrow(
      'EVENT_QUEUES: expected',
    );
    expect(drainedEventQueues(environment)).toBe(1);
  });
});

describe('the settings of telemetry', () => {
  const ENDPOINT = {
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
  };

  it('ask for nothing where no receiver is named', () => {
    const { OTEL_EXPORTER_OTLP_ENDPOINT: _, ...without } = ENDPOINT;
    expect(readSettings(without).telemetry).toBeUndefined();
    expect(readSettings({ ...ENDPOINT, OTEL_EXPORTER_OTLP_ENDPOINT: '' }).telemetry).toBeUndefined();
  });

  it('name the receiver, its headers, the app and the share of calls', () => {
    const read = readSettings({
      ...ENDPOINT,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b, x-team = calls',
      TRACED_CALLS_PERCENT: '10',
    });

    expect(read.telemetry).toEqual({
      endpoint: 'http://127.0.0.1:4318',
      headers: { 'api-key': 'a b', 'x-team': 'calls' },
      serviceName: 'ringback',
      tracedShare: 0.1,
    });
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'no-value'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a b=c'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=%E0%A4%A'],
    ['TRACED_CALLS_PERCENT', '101'],
    ['TRACED_CALLS_PERCENT', '0.5'],
  ])('refuse %s=%s', (name, value) => {
    expect(() => readSettings({ ...ENDPOINT, [name]: value })).toThrow(SettingsError);
  });
});

describe('describeSettings', () => {
  it('has an example of each setting that the setting takes', () => {
    const examples = [...describeSettings()].map(([name, { example }]) => [name, example]);

    expect(() => readSettings(Object.fromEntries(examples))).not.toThrow();
  });
});

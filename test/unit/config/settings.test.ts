import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from '../../../shared/config/settings.ts';

const STORAGE = 'UseDevelopmentStorage=true';

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
      storageConnectionString: STORAGE,
      callbackSecrets,
      callbackTokens: null,
      eventGridTokens: null,
      eventGridTopics: [],
      quietConnectingMinutes: 10,
      quietConnectedHours: 24,
      retentionDays: 90,
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
      message: /CALLBACK_JWT_JWKS_URL: expected a URL/,
    },
    {
      given: { EVENT_GRID_JWT_AUDIENCE: 'a' },
      message: /EVENT_GRID_JWT_ISSUER: expected a value.*EVENT_GRID_JWT_JWKS_URL: expected a value/,
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
});

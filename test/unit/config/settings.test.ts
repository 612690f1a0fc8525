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

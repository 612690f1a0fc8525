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
    });
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

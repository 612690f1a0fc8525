import { describe, expect, it } from 'vitest';
import { readSettings } from '../../../shared/config/settings.ts';

const STORAGE = 'UseDevelopmentStorage=true';

describe('readSettings', () => {
  // A reference to the vault that Azure could not resolve is what the app finds: a text that anybody can guess.
  it.each(['CALLBACK_SECRET', 'CALLBACK_SECRET_PREVIOUS', 'EVENT_GRID_KEY'])(
    'takes no reference to a vault, and nothing blank, for the secret %s',
    setting => {
      for (const value of [
        '@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)',
        ' ',
        'pasted with its end\n',
      ]) {
        expect(() => readSettings({ AzureWebJobsStorage: STORAGE, [setting]: value })).toThrow(
          `${setting}: expected a text that nobody can guess, without blanks around it`,
        );
      }
    },
  );

  it.each([
    'QUIET_CONNECTING_MINUTES',
    'LINES_PER_NUMBER',
    'RETENTION_DAYS',
    'EVENT_QUEUES',
    'TRACED_CALLS_PERCENT',
  ])('takes nothing but digits for the number %s', setting => {
    for (const value of [' ', '\t', ' 5', '0x5', '5e0', '5.0', '+5', '"5"']) {
      expect(() => readSettings({ AzureWebJobsStorage: STORAGE, [setting]: value })).toThrow(
        `${setting}: expected a whole number`,
      );
    }
  });

  // Where a list is set and names nobody, everybody would be let in.
  it.each(['CALLBACK_JWT_AUDIENCE', 'EVENT_GRID_JWT_AUDIENCE', 'EVENT_GRID_TOPICS'])(
    'takes no list without an entry for %s',
    setting => {
      for (const value of [' ', ',', ' , ,']) {
        expect(() => readSettings({ AzureWebJobsStorage: STORAGE, [setting]: value })).toThrow(
          `${setting}: expected`,
        );
      }
    },
  );

  it.each([
    'AzureWebJobsStorage__queueServiceUri',
    'AzureWebJobsStorage__tableServiceUri',
    'ACS_ENDPOINT',
    'CALLBACK_BASE_URL',
    'CALLBACK_JWT_JWKS_URL',
    'EVENT_GRID_JWT_JWKS_URL',
    'COGNITIVE_SERVICES_ENDPOINT',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ])('takes no address with a user or a password in it, and does not repeat it: %s', setting => {
    for (const url of ['https://me:hidden@a.example', 'https://me@a.example/', ' https://a.example']) {
      const read = () => readSettings({ AzureWebJobsStorage: STORAGE, [setting]: url });

      expect(read, url).toThrow(new RegExp(`^${setting}: expected [^@]*$`));
    }
  });

  it.each([
    'AzureWebJobsStorage__queueServiceUri',
    'AzureWebJobsStorage__tableServiceUri',
    'ACS_ENDPOINT',
    'COGNITIVE_SERVICES_ENDPOINT',
  ])('takes no address without TLS, and none with a query, for %s', setting => {
    for (const url of ['http://a.example', 'https://a.example/?sv=2021&sig=x']) {
      expect(() => readSettings({ AzureWebJobsStorage: STORAGE, [setting]: url }), url).toThrow(
        `${setting}: expected an https address`,
      );
    }
  });
});

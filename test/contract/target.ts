import { startEmulator } from '../../local/emulator/start-emulator.ts';
import { startAppProcess } from '../support/app-process.ts';
import { startTemporaryAzurite } from '../support/temporary-azurite.ts';

/** The deployment that the suite runs against. */
export interface Target {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly callbackSecret: string;
  /** Opens the operator routes, and the admin endpoints where it is a master key. */
  readonly functionKey: string | undefined;
  readonly storageConnectionString: string | undefined;
  /** Of the ACS emulator that the deployment talks to, without a slash at the end; it must never be the real ACS. */
  readonly emulatorUrl: string | undefined;
  close(): Promise<void>;
}

/** The previous callback secret of a deployment that the suite starts itself. */
export const PREVIOUS_SECRET = 'the secret before';

/**
 * What the environment says of a deployment that runs already; undefined when the suite is to start one. The runner's
 * configuration hands BASE_URL on under this name.
 */
export const REMOTE: Omit<Target, 'close'> | undefined =
  process.env['TARGET_URL'] === undefined
    ? undefined
    : {
        baseUrl: process.env['TARGET_URL'].replace(/\/$/, ''),
        callbackSecret: process.env['CALLBACK_SECRET'] ?? '',
        functionKey: process.env['FUNCTION_KEY'],
        storageConnectionString: process.env['STORAGE_CONNECTION_STRING'],
        emulatorUrl: process.env['EMULATOR_URL']?.replace(/\/$/, ''),
      };

/** Gives the deployment that the environment names, or starts storage and the built app. */
export async function openTarget(): Promise<Target> {
  if (REMOTE !== undefined) return { ...REMOTE, close: async () => undefined };
  const azurite = await startTemporaryAzurite();
  const emulator = await startEmulator({ speed: 20, seed: 1 });
  const storageConnectionString = azurite.connectionString;
  const callbackSecret = 'the secret of the suite';
  const app = await startAppProcess({
    settings: {
      AzureWebJobsStorage: storageConnectionString,
      CALLBACK_SECRET: callbackSecret,
      CALLBACK_SECRET_PREVIOUS: PREVIOUS_SECRET,
      ACS_CONNECTION_STRING: emulator.connectionString,
    },
  });
  return {
    baseUrl: app.url,
    callbackSecret,
    functionKey: undefined,
    storageConnectionString,
    emulatorUrl: emulator.url,
    async close() {
      await app.stop();
      await emulator.close();
      await azurite.remove();
    },
  };
}

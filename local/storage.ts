import { resolve } from 'node:path';
import { compose } from '../shared/compose.ts';
import { readSettings, SettingsError } from '../shared/config/settings.ts';
import { StorageError } from '../shared/store/storage-error.ts';
import { InputError } from './command-line.ts';
import { loadSettings } from './host/settings.ts';
import { StartError } from './host/start-error.ts';
import { describeStorage } from './replay/describe-storage.ts';

const APP_ROOT = resolve(import.meta.dirname, '..');

/** Where to look when the storage is not the one that was meant. */
export const OTHER_STORAGE =
  'AzureWebJobsStorage says which storage is meant, and npm start prints the connection string of its own.';

/** The storage that the settings name. */
export interface OpenStorage {
  readonly services: ReturnType<typeof compose>;
  /** In words for people, without its key. */
  readonly place: string;
}

/**
 * Does something with the storage that the environment names, else local.settings.json.
 *
 * @throws InputError when the settings are wrong or the storage cannot be reached.
 */
export async function withStorage<Result>(
  env: Readonly<Record<string, string | undefined>>,
  use: (storage: OpenStorage) => Promise<Result>,
): Promise<Result> {
  let place = '';
  try {
    const settings = readSettings(loadSettings(APP_ROOT, env).settings);
    place = describeStorage(settings.storage);
    return await use({ services: compose(() => undefined, settings), place });
  } catch (error) {
    if (error instanceof StorageError) {
      throw new InputError(`Storage cannot be reached (${place}): ${error.message}. ${OTHER_STORAGE}`, {
        cause: error,
      });
    }
    if (error instanceof SettingsError || error instanceof StartError) {
      throw new InputError(`The settings cannot be used. ${error.message}.`, { cause: error });
    }
    throw error;
  }
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compose } from '../../shared/compose.ts';
import { readSettings } from '../../shared/config/settings.ts';
import { findCall } from '../../shared/processing/find-call.ts';
import { StorageError } from '../../shared/store/storage-error.ts';
import { loadSettings } from '../host/settings.ts';
import { type CallFile, decodeCallFile } from './call-file.ts';
import { describeStorage } from './describe-storage.ts';

const APP_ROOT = resolve(import.meta.dirname, '..', '..');

/** A call, or why there is none, for people. */
export type LoadedCall =
  | { readonly ok: true; readonly file: CallFile }
  | { readonly ok: false; readonly reason: string };

const OTHER_STORAGE =
  'AzureWebJobsStorage says which storage is meant, and npm start prints the connection string of its own.';

/** Reads the call in a file, or in the storage that the settings name, by its key or ACS id. */
export async function loadCallFile(
  callOrFile: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<LoadedCall> {
  if (existsSync(callOrFile)) return { ok: true, file: decodeCallFile(await readFile(callOrFile, 'utf8')) };
  const settings = readSettings(loadSettings(APP_ROOT, env).settings);
  const place = describeStorage(settings.storage);
  try {
    const services = compose(() => undefined, settings);
    const head = await findCall(services, callOrFile);
    if (head === undefined)
      return {
        ok: false,
        reason: `There is no file of the name ${callOrFile}, and no such call in ${place}. ${OTHER_STORAGE}`,
      };
    const { callKey } = head.call;
    const journal = await services.calls.journal(callKey);
    return { ok: true, file: { callKey, journal, stored: head.call } };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { ok: false, reason: `${place} cannot be read: ${error.message}. ${OTHER_STORAGE}` };
  }
}

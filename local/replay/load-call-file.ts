import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compose } from '../../shared/compose.ts';
import { readSettings } from '../../shared/config/settings.ts';
import { findCall } from '../../shared/processing/find-call.ts';
import { loadSettings } from '../host/settings.ts';
import { type CallFile, decodeCallFile } from './call-file.ts';

const APP_ROOT = resolve(import.meta.dirname, '..', '..');

/** The call in a file, or in the storage that the settings name, by its key or ACS id. Undefined for an unknown one. */
export async function loadCallFile(callOrFile: string): Promise<CallFile | undefined> {
  if (existsSync(callOrFile)) return decodeCallFile(await readFile(callOrFile, 'utf8'));
  const settings = readSettings(loadSettings(APP_ROOT, process.env).settings);
  const services = compose(() => undefined, settings);
  const head = await findCall(services, callOrFile);
  if (head === undefined) return undefined;
  const { callKey } = head.call;
  return { callKey, journal: await services.calls.journal(callKey), stored: head.call };
}

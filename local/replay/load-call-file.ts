import { existsSync } from 'node:fs';
import { findCall } from '../../shared/processing/find-call.ts';
import type { ListPorts } from '../../shared/processing/list-calls.ts';
import { InputError } from '../command-line.ts';
import { readTextFile } from '../read-json-file.ts';
import { OTHER_STORAGE, withStorage } from '../storage.ts';
import { type CallFile, decodeCallFile } from './call-file.ts';

/** A call, and what people should know of how it was read. */
export interface LoadedCall {
  readonly file: CallFile;
  readonly note?: string;
}

/**
 * Reads the call in a file, or in the storage that the settings name, by its key or ACS id.
 *
 * @throws InputError when there is none, or it cannot be read.
 */
export async function loadCallFile(
  callOrFile: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<LoadedCall> {
  // No key and no id of a call has these in it.
  const isPath = /[\\/]|\.json$/.test(callOrFile);
  if (isPath || existsSync(callOrFile))
    return { file: decodeCallFile(await readTextFile(callOrFile), callOrFile) };
  return await withStorage(env, async ({ services, place }) => {
    const loaded = await readStoredCall(services, callOrFile);
    if (loaded !== undefined) return loaded;
    throw new InputError(
      `There is no file of the name ${callOrFile}, and no such call in ${place}. ${OTHER_STORAGE}`,
    );
  });
}

/**
 * Reads a call as it was at one moment, though it goes on: the head first, then as much of the journal as the head says,
 * since entries are only added and by number. Undefined for one that is not known.
 *
 * @throws StorageError
 */
export async function readStoredCall(ports: ListPorts, id: string): Promise<LoadedCall | undefined> {
  const head = await findCall(ports, id);
  if (head === undefined) return undefined;
  const { callKey } = head.call;
  const journal = await ports.calls.journal(callKey);
  const known = journal.filter(({ number }) => number <= head.journalCount);
  const file = { callKey, journal: known, stored: head.call };
  const newer = journal.length - known.length;
  if (newer === 0) return { file };
  const note = `The call goes on: ${newer} events that came while it was read are left out. Once more reads them too.`;
  return { file, note };
}

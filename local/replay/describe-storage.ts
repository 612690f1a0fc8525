import type { StorageSettings } from '../../shared/config/settings.ts';

/** Which storage the settings name, in words for people and without its key. */
export function describeStorage(storage: StorageSettings): string {
  if ('tableServiceUri' in storage) return new URL(storage.tableServiceUri).host;
  const member = (name: string) =>
    new RegExp(`(?:^|;)\\s*${name}=([^;]+)`, 'i').exec(storage.connectionString)?.[1]?.trim();
  return member('TableEndpoint') ?? member('AccountName') ?? 'the Azurite of this machine, on its own ports';
}

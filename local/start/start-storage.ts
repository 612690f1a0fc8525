import { join } from 'node:path';
import { type Azurite, type AzuritePorts, startAzurite } from '../azurite.ts';
import type { Settings } from '../host/settings.ts';
import { isPortFree } from '../port.ts';

/** The ports where tools look for a storage emulator. */
export const STANDARD_AZURITE_PORTS: AzuritePorts = { blob: 10_000, queue: 10_001, table: 10_002 };

const DEVELOPMENT_STORAGE = 'UseDevelopmentStorage=true';

/** Storage for a local run. */
export interface LocalStorage {
  /** The value of AzureWebJobsStorage that leads to it. */
  readonly connectionString: string;
  /** Undefined when the settings name a storage account of their own. */
  readonly azurite: Azurite | undefined;
}

/**
 * Starts Azurite on disk below the data folder, on its usual ports when all three are free, else on others. Starts
 * nothing when the settings name another storage account than the development one.
 */
export async function startStorage(settings: Settings, dataDir: string): Promise<LocalStorage> {
  const configured = settings['AzureWebJobsStorage'] ?? DEVELOPMENT_STORAGE;
  if (configured.trim().toLowerCase() !== DEVELOPMENT_STORAGE.toLowerCase()) {
    return { connectionString: configured, azurite: undefined };
  }
  const location = join(dataDir, 'azurite');
  const free = await Promise.all(Object.values(STANDARD_AZURITE_PORTS).map(isPortFree));
  if (free.every(Boolean)) {
    const azurite = await startAzurite({ location, ports: STANDARD_AZURITE_PORTS });
    return { connectionString: DEVELOPMENT_STORAGE, azurite };
  }
  const azurite = await startAzurite({ location });
  return { connectionString: azurite.connectionString, azurite };
}

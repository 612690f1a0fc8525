import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';
import { STORAGE_NAMES } from '../../shared/compose-storage.ts';

const TIMEOUT_MS = 20_000;
/** A wrong address is told soon: the SDKs would go on for half a minute. */
const QUEUE_OPTIONS = { retryOptions: { maxTries: 2, retryDelayInMs: 500 } };
const TABLE_OPTIONS = { allowInsecureConnection: true, retryOptions: { maxRetries: 1, retryDelayInMs: 500 } };

/**
 * Creates the app's tables and queues, so that the first event does not wait for them and a storage browser shows them
 * from the start; those that exist stay as they are. The app does without: it creates what is missing itself. Rejects,
 * naming the setting and the host but nothing secret, when the account does not answer within 20 s or refuses.
 */
export async function createStorageResources(connectionString: string, stop: AbortSignal): Promise<void> {
  const abortSignal = AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]);
  const tables = Object.values(STORAGE_NAMES.tables).map(name => {
    const client = TableClient.fromConnectionString(connectionString, name, TABLE_OPTIONS);
    return explainFailure(client.url, client.createTable({ abortSignal }));
  });
  const queues = Object.values(STORAGE_NAMES.queues).map(name => {
    const client = new QueueClient(connectionString, name, QUEUE_OPTIONS);
    return explainFailure(client.url, client.createIfNotExists({ abortSignal }));
  });
  await Promise.all([...tables, ...queues]);
}

async function explainFailure(url: string, request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    // Only the host: the rest of the address can hold a shared access signature.
    const account = `The storage account that AzureWebJobsStorage names (${new URL(url).host})`;
    const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
    const reason = String(code ?? (error instanceof Error ? error.name : 'unknown'));
    if (typeof statusCode === 'number') {
      throw new Error(`${account} refuses: ${statusCode} ${reason}. Check its name and its key.`, {
        cause: error,
      });
    }
    throw new Error(`${account} cannot be reached: ${reason}. Check its name and the network.`, {
      cause: error,
    });
  }
}

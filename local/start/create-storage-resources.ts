import { TableClient } from '@azure/data-tables';
import { QueueClient } from '@azure/storage-queue';

const TABLES = ['Calls', 'CallIndex', 'Parked'];
const QUEUES = ['call-events', 'call-events-poison'];

/**
 * Creates the app's tables and queues, so that the first event does not wait for them and a storage browser shows them
 * from the start; those that exist stay as they are. The app does without: it creates what is missing itself.
 */
export async function createStorageResources(connectionString: string): Promise<void> {
  const tables = TABLES.map(name =>
    TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true }).createTable(),
  );
  const queues = QUEUES.map(name => new QueueClient(connectionString, name).createIfNotExists());
  await Promise.all([...tables, ...queues]);
}

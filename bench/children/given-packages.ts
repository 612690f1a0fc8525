import { odata, TableClient } from '@azure/data-tables';
import { app } from '@azure/functions';
import { QueueClient } from '@azure/storage-queue';
import * as z from 'zod';

/**
 * What any Functions app for these packages loads, and nothing more: the start-up of Ringback is held against it. Of
 * zod only what one schema needs: the whole of it would be more than Ringback loads.
 */
export const givenPackages = [app, odata, TableClient, QueueClient, z.object({ id: z.string() })];

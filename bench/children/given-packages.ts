import { odata, TableClient } from '@azure/data-tables';
import { app } from '@azure/functions';
import { QueueClient } from '@azure/storage-queue';
import * as z from 'zod';

/** What any Functions app for these packages loads, and nothing more: the start-up of Ringback is held against it. */
export const givenPackages = [app, odata, TableClient, QueueClient, z];

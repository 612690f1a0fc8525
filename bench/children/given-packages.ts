// What any Functions app for these packages loads, and nothing more: the start-up of Ringback is held against it.

export { odata, TableClient } from '@azure/data-tables';
export { app } from '@azure/functions';
export { QueueClient } from '@azure/storage-queue';
export * as z from 'zod';

import { app } from '@azure/functions';
import { processCallMessage } from '../shared/processing/process-call-message.ts';
import { onQueue } from './bind/on-queue.ts';

/** Sends the actions that had to wait: back-off, or a sender that did not come back. */
app.generic(
  'performAction',
  onQueue('call-actions', (services, message) => processCallMessage(services, services.callActions, message)),
);

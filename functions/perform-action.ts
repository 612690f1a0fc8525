import { app, type InvocationContext } from '@azure/functions';
import { processCallMessage } from '../shared/processing/process-call-message.ts';
import { dequeueCount, insertedAt, messageText } from './bind/queue-message.ts';
import { withServices } from './bind/services.ts';

/** Sends the actions that had to wait: back-off, or a sender that did not come back. */
app.generic('performAction', {
  trigger: {
    type: 'queueTrigger',
    name: 'message',
    direction: 'in',
    queueName: 'call-actions',
    connection: 'AzureWebJobsStorage',
    dataType: 'binary',
  },
  handler: (message: unknown, context: InvocationContext) =>
    withServices(context, services =>
      processCallMessage(services, services.callActions, {
        text: messageText(message),
        insertedAt: insertedAt(context),
        dequeueCount: dequeueCount(context),
      }),
    ),
});

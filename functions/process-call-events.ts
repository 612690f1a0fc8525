import { app, type InvocationContext } from '@azure/functions';
import { insertedAt, messageText } from './bind/queue-message.ts';
import { withServices } from './bind/services.ts';

/**
 * Records the events that wait in the queue. Bound as binary, so that a damaged message is parked as it was, and
 * nothing in an event can pass for the trigger's metadata.
 */
app.generic('processCallEvents', {
  trigger: {
    type: 'queueTrigger',
    name: 'message',
    direction: 'in',
    queueName: 'call-events',
    connection: 'AzureWebJobsStorage',
    dataType: 'binary',
  },
  handler: (message: unknown, context: InvocationContext) =>
    withServices(context, ({ processor }) => processor.process(messageText(message), insertedAt(context))),
});

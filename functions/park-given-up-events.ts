import { app, type InvocationContext } from '@azure/functions';
import { parkGivenUp } from '../shared/processing/park-given-up.ts';
import { insertedAt, messageText } from './bind/queue-message.ts';
import { withServices } from './bind/services.ts';

/** Parks what the host gave up on. There is no poison queue of a poison queue, so it fails only with storage. */
app.generic('parkGivenUpEvents', {
  trigger: {
    type: 'queueTrigger',
    name: 'message',
    direction: 'in',
    queueName: 'call-events-poison',
    connection: 'AzureWebJobsStorage',
    dataType: 'binary',
  },
  handler: (message: unknown, context: InvocationContext) =>
    withServices(context, services => parkGivenUp(services, messageText(message), insertedAt(context))),
});

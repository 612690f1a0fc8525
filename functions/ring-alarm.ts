import { app, type InvocationContext } from '@azure/functions';
import { processCallMessage } from '../shared/processing/process-call-message.ts';
import { dequeueCount, insertedAt, messageText } from './bind/queue-message.ts';
import { withServices } from './bind/services.ts';

/** Fires the timers of a call that are due. An alarm that is early, late, doubled or out of date does no harm. */
app.generic('ringAlarm', {
  trigger: {
    type: 'queueTrigger',
    name: 'message',
    direction: 'in',
    queueName: 'call-alarms',
    connection: 'AzureWebJobsStorage',
    dataType: 'binary',
  },
  handler: (message: unknown, context: InvocationContext) =>
    withServices(context, services =>
      processCallMessage(services, services.callAlarms, {
        text: messageText(message),
        insertedAt: insertedAt(context),
        dequeueCount: dequeueCount(context),
      }),
    ),
});

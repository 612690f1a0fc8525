import type { GenericFunctionOptions, InvocationContext } from '@azure/functions';
import type { Services } from '../../shared/compose.ts';
import type { EventTime } from '../../shared/domain/event-time.ts';
import { dequeueCount, insertedAt, messageText } from './queue-message.ts';
import { withServices } from './services.ts';

/** A queue message as a function takes it. */
export interface TakenMessage {
  readonly text: string;
  readonly insertedAt: EventTime;
  readonly dequeueCount: number;
}

/**
 * What a function is registered with that takes the messages of a queue. Bound as binary, so that a damaged message is
 * parked as it was, and nothing in it can pass for the trigger's metadata.
 */
export function onQueue(
  queueName: string,
  body: (services: Services, message: TakenMessage) => Promise<void>,
): GenericFunctionOptions {
  return {
    trigger: {
      type: 'queueTrigger',
      name: 'message',
      direction: 'in',
      queueName,
      connection: 'AzureWebJobsStorage',
      dataType: 'binary',
    },
    handler: (message: unknown, context: InvocationContext) =>
      withServices(context, services =>
        body(services, {
          text: messageText(message),
          insertedAt: insertedAt(context),
          dequeueCount: dequeueCount(context),
        }),
      ),
  };
}

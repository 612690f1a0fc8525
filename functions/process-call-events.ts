import { app } from '@azure/functions';
import { drainedEventQueues } from '../shared/config/event-queues.ts';
import { eventQueueName } from '../shared/queues/spread-queue.ts';
import { onQueue } from './bind/on-queue.ts';

// Records the events that wait in a queue: one function for each queue, since the host scales each by itself.
for (let index = 0; index < drainedEventQueues(); index++) {
  app.generic(
    index === 0 ? 'processCallEvents' : `processCallEvents${index}`,
    onQueue(eventQueueName(index), ({ processor }, { text, insertedAt, dequeueCount }) =>
      processor.process(text, insertedAt, dequeueCount),
    ),
  );
}

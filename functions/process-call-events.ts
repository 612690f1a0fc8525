import { app } from '@azure/functions';
import { onQueue } from './bind/on-queue.ts';

/** Records the events that wait in the queue. */
app.generic(
  'processCallEvents',
  onQueue('call-events', ({ processor }, { text, insertedAt, dequeueCount }) =>
    processor.process(text, insertedAt, dequeueCount),
  ),
);

import { setTimeout as delay } from 'node:timers/promises';
import type { ReceivedMessage } from '../../shared/queues/queue.ts';
import type { QueuePair } from './services.ts';

const BATCH = 16;
const DEQUEUES_MAX = 5;
const IDLE_MS = 100;

/** How messages of a queue are taken. */
export interface ListenOptions {
  readonly hideSeconds: number;
  process(message: ReceivedMessage): Promise<void>;
}

/**
 * Takes messages as the Functions host does, for ever: 16 at once, deleted when they are processed, left to come back
 * when that fails, and put into the poison queue when it failed five times. It does not renew what hides a message, so
 * that a slow one comes to a second worker while the first is at it.
 */
export async function listen(queues: QueuePair, options: ListenOptions): Promise<never> {
  for (;;) {
    const messages = await queues.queue.receive(BATCH, options.hideSeconds).catch(() => []);
    await Promise.all(messages.map(message => handle(queues, message, options)));
    if (messages.length === 0) await delay(IDLE_MS);
  }
}

async function handle({ queue, poison }: QueuePair, message: ReceivedMessage, { process }: ListenOptions) {
  try {
    await process(message);
    await queue.delete(message);
  } catch {
    if (message.dequeueCount < DEQUEUES_MAX) return;
    const moved = poison.put(message.text ?? '').then(() => queue.delete(message));
    await moved.catch(() => false);
  }
}

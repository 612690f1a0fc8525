import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { QueueClient } from '@azure/storage-queue';
import { describe, expect, inject, it } from 'vitest';
import { AzureQueue } from '../../../shared/queues/azure-queue.ts';
import { type QueueUnderTest, queueConformance } from '../../support/conformance/queue-conformance.ts';

const DEADLINE_MS = 15_000;

function makeQueue(onRequest?: () => void): QueueUnderTest & { readonly client: QueueClient } {
  const connectionString = inject('storageConnectionString');
  const queueName = `q${randomUUID()}`;
  const client = new QueueClient(connectionString, queueName);
  return {
    client,
    queue: new AzureQueue({ connectionString, queueName, onRequest }),
    putRaw: async raw => {
      await client.sendMessage(raw);
    },
    waitUntil: async check => {
      const deadlineMs = Date.now() + DEADLINE_MS;
      while (!(await check())) {
        if (Date.now() > deadlineMs) {
          throw new Error(`no change in ${DEADLINE_MS} ms`);
        }
        await delay(50);
      }
    },
  };
}

describe('AzureQueue', () => {
  queueConformance(() => makeQueue());

  it('puts messages that do not expire', async () => {
    const { queue, client } = makeQueue();

    await queue.put('text');

    const { peekedMessageItems } = await client.peekMessages();
    expect(peekedMessageItems[0]?.expiresOn.getUTCFullYear()).toBe(9999);
  });

  it('sends one request for a put, a receive, a delete and an age', async () => {
    let requests = 0;
    const { queue } = makeQueue(() => requests++);
    await queue.put('text');
    expect(requests).toBe(3);

    const [message] = await queue.receive(1, 30);
    await queue.delete({ messageId: '', popReceipt: '', ...message });
    await queue.oldestInsertedAt();

    expect(requests).toBe(6);
  });
});

import { describe, expect, it } from 'vitest';
import { MemoryQueue } from '../../../shared/queues/memory-queue.ts';
import { type QueueUnderTest, queueConformance } from '../../support/conformance/queue-conformance.ts';

const START_MS = 1_700_000_000_250;

function makeQueue(): QueueUnderTest & { readonly queue: MemoryQueue; readonly clock: { nowMs: number } } {
  const clock = { nowMs: START_MS, now: () => clock.nowMs };
  const queue = new MemoryQueue(clock);
  return {
    clock,
    queue,
    putRaw: raw => queue.putRaw(raw),
    waitUntil: async check => {
      for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 100) {
        if (await check()) {
          return;
        }
        clock.nowMs += 100;
      }
      throw new Error('no change in 10 s of virtual time');
    },
  };
}

describe('MemoryQueue', () => {
  queueConformance(makeQueue);

  it('returns a hidden message at the very millisecond its time is over', async () => {
    const { queue, clock } = makeQueue();
    await queue.put('text');
    await queue.receive(1, 10);

    clock.nowMs = START_MS + 9999;
    expect(await queue.receive(1, 10)).toEqual([]);

    clock.nowMs = START_MS + 10_000;
    expect(await queue.receive(1, 10)).toHaveLength(1);
  });

  it('tells whole seconds, as the service does', async () => {
    const { queue } = makeQueue();

    await queue.put('text');

    expect((await queue.oldestInsertedAt())?.getTime()).toBe(1_700_000_000_000);
  });

  it('counts ids and receipts, so that a run repeats', async () => {
    const { queue } = makeQueue();
    await queue.put('a');
    await queue.put('b');

    expect(await queue.receive(2, 1)).toMatchObject([
      { messageId: 'message-1', popReceipt: 'receipt-1' },
      { messageId: 'message-2', popReceipt: 'receipt-2' },
    ]);
    expect(queue.size).toBe(2);
  });
});

import { describe, expect, it } from 'vitest';
import { MemoryQueue } from '../../../shared/queues/memory-queue.ts';
import { eventQueueName, SpreadQueue, shareOf } from '../../../shared/queues/spread-queue.ts';

const KEYS = Array.from({ length: 4_000 }, (_, index) => `c${index}`);

function memoryQueues(count: number, clock = { now: () => 0 }): MemoryQueue[] {
  return Array.from({ length: count }, () => new MemoryQueue(clock));
}

describe('SpreadQueue', () => {
  it('puts all messages of a call into one queue, and none into those that are only drained', async () => {
    const queues = memoryQueues(4);
    const spread = new SpreadQueue(queues, 3);
    for (const callKey of [...KEYS, ...KEYS]) await spread.put(callKey, { callKey });

    const sizes = queues.map(({ size }) => size);
    expect(sizes[3]).toBe(0);
    for (const size of sizes.slice(0, 3)) expect(Math.abs(size - 8_000 / 3)).toBeLessThan(400);
    const [first] = await (queues[shareOf('c1', 3)] as MemoryQueue).receive(1, 30);
    expect(shareOf(first?.text ?? '', 3)).toBe(shareOf('c1', 3));
  });

  it('tells the oldest message of all that are drained', async () => {
    const clock = { nowMs: 5_000, now: () => clock.nowMs };
    const queues = memoryQueues(3, clock);
    const spread = new SpreadQueue(queues, 1);
    expect(await spread.oldestInsertedAt()).toBeUndefined();

    await queues[2]?.put('older');
    clock.nowMs = 9_000;
    await spread.put('newer', { callKey: 'c1' });

    expect(await spread.oldestInsertedAt()).toEqual(new Date(5_000));
  });

  it('refuses a message without a call, and to put where nothing takes', () => {
    const spread = new SpreadQueue(memoryQueues(2), 2);

    expect(() => spread.put('text')).toThrow(RangeError);
    expect(() => new SpreadQueue(memoryQueues(2), 3)).toThrow(RangeError);
    expect(() => new SpreadQueue(memoryQueues(2), 0)).toThrow(RangeError);
  });
});

describe('eventQueueName', () => {
  it('lets the first queue have the name that it has alone', () => {
    expect([0, 1, 12].map(eventQueueName)).toEqual(['call-events', 'call-events-1', 'call-events-12']);
  });
});

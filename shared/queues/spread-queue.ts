import { hash } from 'node:crypto';
import type { PutOptions, Queue } from './queue.ts';

/** What is needed of the queue of events by those who do not take from it: the host does. */
export type EventQueue = Pick<Queue, 'put' | 'oldestInsertedAt'>;

/**
 * Several queues in the place of one, each with the events of its share of the calls. All events of a call are put into
 * one of them, as long as their number stays.
 */
export class SpreadQueue implements EventQueue {
  readonly #queues: readonly Queue[];
  readonly #spread: number;

  /**
   * @param queues all from which messages are taken.
   * @param spread into how many of them messages are put: the first ones. The others are drained.
   */
  constructor(queues: readonly Queue[], spread: number) {
    if (spread < 1 || spread > queues.length)
      throw new RangeError('Messages are taken from where they are put.');
    this.#queues = queues;
    this.#spread = spread;
  }

  put(text: string, options: PutOptions = {}): Promise<void> {
    const { callKey } = options;
    if (callKey === undefined) throw new RangeError('Which of the queues it is follows from the call.');
    const queue = this.#queues[shareOf(callKey, this.#spread)];
    if (queue === undefined) throw new RangeError('There is no such queue.');
    return queue.put(text, options);
  }

  /** The oldest message at the front of any of them. Costs one transaction for each. */
  async oldestInsertedAt(): Promise<Date | undefined> {
    const found = await Promise.all(this.#queues.map(queue => queue.oldestInsertedAt()));
    return found.filter(date => date !== undefined).toSorted((a, b) => a.getTime() - b.getTime())[0];
  }
}

/** Which of so many shares a call belongs to: the same in every process. */
export function shareOf(callKey: string, shares: number): number {
  return shares === 1 ? 0 : hash('sha256', callKey, 'buffer').readUInt32BE() % shares;
}

/** The name of a queue of events; the first has the one that it has alone. */
export function eventQueueName(index: number): string {
  return index === 0 ? 'call-events' : `call-events-${index}`;
}

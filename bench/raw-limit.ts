import { AzureQueue } from '../shared/queues/azure-queue.ts';
import type { ReceivedMessage } from '../shared/queues/queue.ts';
import { AzureTable } from '../shared/store/azure-table.ts';
import { CONCURRENCY } from './closed-loop.ts';
import { inParallel } from './in-parallel.ts';
import { planListening } from './plan-listening.ts';
import { eventsOf, type ReferenceCall } from './reference-call.ts';

/** As many messages as lie in the queue at once in the other cases. */
const MESSAGES_AT_ONCE = 64;

/** The requests that no event can do without. */
export interface RawRequests {
  /**
   * How many milliseconds these calls' events take if nothing but a put, a delete, and a transaction of two creates is
   * sent for each, one kind after the other: the harmonic sum of the three rates. Rows and messages are as large as in
   * the other cases.
   */
  time(calls: readonly ReferenceCall[]): Promise<number>;
}

/** Makes a queue and a table for them. */
export async function rawRequests(connectionString: string, name: string): Promise<RawRequests> {
  const queue = new AzureQueue({ connectionString, queueName: name });
  const table = new AzureTable({ connectionString, tableName: name });
  await Promise.all([queue.oldestInsertedAt(), table.get('none', 'none')]);
  return {
    async time(calls) {
      const work = calls.flatMap(toWork);
      let elapsedMs = 0;
      for (let from = 0; from < work.length; from += MESSAGES_AT_ONCE) {
        const part = work.slice(from, from + MESSAGES_AT_ONCE);
        elapsedMs += await timeAll(part, ({ text }) => queue.put(text));
        const messages: ReceivedMessage[] = [];
        while (messages.length < part.length) messages.push(...(await queue.receive(32, 60)));
        elapsedMs += await timeAll(messages, message => queue.delete(message));
        elapsedMs += await timeAll(part, ({ partitionKey, rows }) => table.commit(partitionKey, rows));
      }
      return elapsedMs;
    },
  };
}

function toWork(call: ReferenceCall) {
  // Five of nine events make a head of mean size; the head and one journal row are what a common transaction holds.
  const rows = planListening(call.callKey, undefined, eventsOf(call).slice(0, 5)).writes.slice(0, 2);
  return call.elements.map((element, index) => ({
    text: JSON.stringify(element),
    partitionKey: `${call.callKey}-${index}`,
    rows,
  }));
}

async function timeAll<T>(values: readonly T[], send: (value: T) => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await inParallel(values, CONCURRENCY, send);
  return performance.now() - startedAtMs;
}

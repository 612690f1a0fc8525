import { AzureQueue } from '../shared/queues/azure-queue.ts';
import type { ReceivedMessage } from '../shared/queues/queue.ts';
import { AzureTable } from '../shared/store/azure-table.ts';
import { planCommit } from '../shared/store/plan-commit.ts';
import { CONCURRENCY } from './closed-loop.ts';
import { inParallel } from './in-parallel.ts';
import { eventsOf, type ReferenceCall } from './reference-call.ts';

/** As many messages as lie in the queue at once in the other cases. */
const MESSAGES_AT_ONCE = 64;
const ROUNDS = 5;

/**
 * The events a second that this Azurite could record if nothing but the three unavoidable requests of an event were
 * sent, one kind after the other: a put, a delete, and a transaction of two creates. Rows and messages are as large as
 * in the other cases.
 */
export async function measureRawLimit(
  connectionString: string,
  calls: readonly ReferenceCall[],
): Promise<number> {
  const queue = new AzureQueue({ connectionString, queueName: 'raw' });
  const table = new AzureTable({ connectionString, tableName: 'Raw' });
  await Promise.all([queue.oldestInsertedAt(), table.get('none', 'none')]);
  const texts = calls.flatMap(call => call.elements.map(element => JSON.stringify(element)));
  const commits = calls.map(call => ({
    partitionKey: call.callKey,
    // Five of nine events make a head of mean size; the rows of the rest are no part of a common transaction.
    writes: planCommit(call.callKey, undefined, eventsOf(call).slice(0, 5)).writes.slice(0, 2),
  }));

  let putMs = 0;
  let deleteMs = 0;
  let commitMs = 0;
  for (let round = 0; round < ROUNDS; round++) {
    putMs += await timeAll(take(texts, round), text => queue.put(text));
    const messages: ReceivedMessage[] = [];
    while (messages.length < MESSAGES_AT_ONCE) messages.push(...(await queue.receive(32, 60)));
    deleteMs += await timeAll(messages, message => queue.delete(message));
    commitMs += await timeAll(take(commits, round), ({ partitionKey, writes }) =>
      table.commit(`${partitionKey}-${round}`, writes),
    );
  }
  return (ROUNDS * MESSAGES_AT_ONCE * 1000) / (putMs + deleteMs + commitMs);
}

function take<T>(values: readonly T[], round: number): T[] {
  return Array.from({ length: MESSAGES_AT_ONCE }, (_, index) =>
    values.at((round * MESSAGES_AT_ONCE + index) % values.length),
  ).filter(value => value !== undefined);
}

async function timeAll<T>(values: readonly T[], send: (value: T) => Promise<unknown>): Promise<number> {
  const startedAtMs = performance.now();
  await inParallel(values, CONCURRENCY, send);
  return performance.now() - startedAtMs;
}

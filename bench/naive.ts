import type { Call } from '../shared/domain/call.ts';
import type { CallEvent } from '../shared/domain/call-event.ts';
import { reduceCall } from '../shared/domain/reduce-call.ts';
import { participantsOf } from '../shared/domain/stays.ts';
import { readElements } from '../shared/processing/read-elements.ts';
import { AzureQueue } from '../shared/queues/azure-queue.ts';
import { decodeCallEvents, encodeCallEvents } from '../shared/queues/call-events-message.ts';
import { AzureTable } from '../shared/store/azure-table.ts';
import type { RowValues } from '../shared/store/table.ts';
import type { Pipeline } from './closed-loop.ts';
import type { Post } from './posts.ts';
import { RECEIVED_AT } from './reference-call.ts';

/** What one writes first: read the call, change it, write it back; no ETag, no transaction, no look for duplicates. */
export interface NaivePipeline extends Pipeline<Post> {
  requests(): { readonly queue: number; readonly tables: number };
  load(callKey: string): Promise<{ readonly call: Call | undefined; readonly events: number }>;
}

/** Uses the same storage clients, the same queue and the same reducer, so that only the storing differs. */
export async function naivePipeline(connectionString: string, name: string): Promise<NaivePipeline> {
  const sent = { queue: 0, tables: 0 };
  const counting = (kind: keyof typeof sent) => ({ connectionString, onRequest: () => void sent[kind]++ });
  const queue = new AzureQueue({ ...counting('queue'), queueName: `naive-${name}` });
  const table = new AzureTable({ ...counting('tables'), tableName: `Naive${name}` });
  await Promise.all([queue.oldestInsertedAt(), table.get('none', 'none')]);
  Object.assign(sent, { queue: 0, tables: 0 });

  const upsert = (callKey: string, rowKey: string, values: RowValues) =>
    table.commit(callKey, [{ kind: 'upsert', rowKey, values }]);

  async function load(callKey: string) {
    const row = await table.get(callKey, 'call');
    if (row === undefined) return { call: undefined, events: 0 };
    return { call: JSON.parse(String(row.values['d'])) as Call, events: Number(row.values['events']) };
  }

  async function record(callKey: string, event: CallEvent): Promise<void> {
    const { call: before, events } = await load(callKey);
    const { call } = reduceCall(before, event, callKey);
    await upsert(callKey, 'call', { d: JSON.stringify(call), events: events + 1, state: call.state });
    await upsert(callKey, `event ${event.at} ${event.fingerprint}`, { d: JSON.stringify(event) });
    if (event.type !== 'roster.snapshot') return;
    for (const participant of participantsOf(call)) {
      const { rawId, isMuted, present } = participant;
      await upsert(callKey, `participant ${rawId}`, { isMuted, present, d: JSON.stringify(participant) });
    }
  }

  return {
    queue,
    load,
    requests: () => ({ ...sent }),
    async receive({ callKey, elements }) {
      const message = { callKey, receivedAt: RECEIVED_AT, attempt: 0, traceparent: null, elements };
      for (const text of encodeCallEvents(message).texts) await queue.put(text);
    },
    async process({ text }) {
      const message = decodeCallEvents(text ?? '');
      if (message === undefined) throw new Error('Not a message of the bench.');
      for (const event of readElements(message).events) await record(message.callKey, event);
    },
  };
}

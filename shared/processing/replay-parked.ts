import { addressOf } from '../dialects/address.ts';
import { dialectOf } from '../dialects/dialects.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { decodeCallEvents, encodeCallEvents } from '../queues/call-events-message.ts';
import { decodeCallMessage, encodeCallMessage } from '../queues/call-message.ts';
import type { Queue } from '../queues/queue.ts';
import type { EventQueue } from '../queues/spread-queue.ts';
import type { ParkedItem, ParkedStore } from '../store/parked-store.ts';

export interface ReplayPorts {
  readonly parked: ParkedStore;
  readonly callEvents: EventQueue;
  readonly callActions: Queue;
}

/** Undefined when the thing is on its way again, and no longer parked. */
export type ReplayResult = Problem | undefined;

/**
 * Puts a parked thing into the queue again and takes its row away. What was recorded before is not recorded twice. A
 * thing that would only be parked again stays, and the problem says why.
 *
 * @throws StorageError when storage failed; the thing is then still parked, and replaying it again is safe.
 */
export async function replayParked(ports: ReplayPorts, item: ParkedItem): Promise<ReplayResult> {
  const {
    texts,
    callKey = '',
    to = 'callEvents',
    problem: wrong,
  } = item.kind === 'message' ? messageAgain(item) : elementAgain(item);
  if (wrong !== undefined) return wrong;
  for (const text of texts) await ports[to].put(text, { callKey });
  await ports.parked.drop(item.parkedId);
  return undefined;
}

interface Again {
  readonly texts: readonly string[];
  readonly callKey?: string;
  readonly to?: 'callEvents' | 'callActions';
  readonly problem?: Problem;
}

function messageAgain({ text }: ParkedItem): Again {
  const events = decodeCallEvents(text);
  if (events !== undefined) return { texts: [text], callKey: events.callKey };
  const nudge = decodeCallMessage(text);
  // An alarm too: what is due is done by either.
  if (nudge !== undefined)
    return {
      texts: [encodeCallMessage({ callKey: nudge.callKey })],
      callKey: nudge.callKey,
      to: 'callActions',
    };
  return cannot('The text is no message that Ringback puts.');
}

function elementAgain(item: ParkedItem): Again {
  if (item.reason === 'foreignId') {
    return cannot('Its call is bound to another id, so the event would be parked again.');
  }
  const element: unknown = JSON.parse(item.text);
  const dialect = dialectOf(element);
  const read = dialect?.read(element, item.receivedAt);
  if (dialect === undefined || read === undefined) return cannot('It is no event of a known dialect.');
  if (!read.ok) {
    const errors = read.issues.map(({ pointer, message }) => ({ pointer, detail: message }));
    return { texts: [], problem: problem('cannot-replay', 'The event is still malformed.', { errors }) };
  }
  const address = item.callKey === null ? addressOf(dialect, read.event) : { callKey: item.callKey };
  if (address === undefined) return cannot('Nothing says which call it belongs to.');
  const { receivedAt } = item;
  const { texts } = encodeCallEvents({
    ...address,
    receivedAt,
    attempt: 0,
    traceparent: null,
    elements: [element],
  });
  return texts.length === 0
    ? cannot('It is still larger than a queue message can be.')
    : { texts, callKey: address.callKey };
}

function cannot(detail: string): Again {
  return { texts: [], problem: problem('cannot-replay', detail) };
}

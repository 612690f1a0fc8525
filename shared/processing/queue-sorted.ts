import { type Problem, problem } from '../problems/problem.ts';
import { encodeCallEvents } from '../queues/call-events-message.ts';
import type { Queue } from '../queues/queue.ts';
import type { Parked } from '../store/parked-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { callbackReceived } from '../telemetry/log-events.ts';
import { inBatches } from './in-batches.ts';
import { type ParkingPorts, park } from './park.ts';
import { asParked, type Placed, type Receipt, type Sorted } from './sort-elements.ts';

/** The largest body of a callback. */
export const BODY_LIMIT_BYTES = 1_048_576;

export interface ReceivePorts extends ParkingPorts {
  readonly callEvents: Queue;
}

/** What became of a callback. */
export interface Received {
  /** Events that are in the queue. */
  readonly accepted: number;
  /** Elements that cannot be processed, kept for the operator. */
  readonly parked: readonly { readonly pointer: string; readonly reason: string }[];
}

export type ReceiveResult =
  | { readonly ok: true; readonly received: Received }
  | { readonly ok: false; readonly problem: Problem };

/** Puts sorted elements into the queue, one message a call, after those are parked that cannot be processed. */
export async function queueSorted(
  ports: ReceivePorts,
  receipt: Receipt,
  sorted: Sorted,
): Promise<ReceiveResult> {
  const messages = sorted.byCall.map(({ address, elements }) => ({
    elements,
    ...encodeCallEvents({
      ...address,
      receivedAt: receipt.receivedAt,
      attempt: 0,
      traceparent: receipt.traceparent,
      elements: elements.map(({ element }) => element),
    }),
  }));
  const oversized = messages.flatMap(({ elements, tooLarge }) =>
    elements.filter(({ element }) => tooLarge.includes(element)).map(tooLargeToQueue(receipt)),
  );
  const parked = [...sorted.parked, ...oversized];
  try {
    await park(ports, parked);
    const texts = messages.flatMap(message => message.texts);
    await inBatches(texts, text => ports.callEvents.put(text));
  } catch (error) {
    if (error instanceof StorageError) return { ok: false, problem: unavailable(error) };
    throw error;
  }
  const given = sorted.byCall.reduce((sum, { elements }) => sum + elements.length, 0);
  const accepted = given - oversized.length;
  ports.log(callbackReceived({ accepted, parked: parked.length, calls: messages.length }));
  return {
    ok: true,
    received: {
      accepted,
      parked: parked.map(({ pointer, detail }) => ({ pointer: pointer ?? '', reason: detail })),
    },
  };
}

function tooLargeToQueue(receipt: Receipt): (placed: Placed) => Parked {
  const issue = { pointer: '', message: 'too large for a queue message, even deflated' };
  return placed => asParked(receipt, placed, 'tooLarge', [issue]);
}

function unavailable(error: StorageError): Problem {
  const retryAfterSeconds = Math.max(1, Math.ceil((error.retryAfterMs ?? 5_000) / 1000));
  return problem('storage-unavailable', 'Nothing is lost if the callback is sent again.', {
    retryAfterSeconds,
  });
}

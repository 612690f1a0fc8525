import { type Problem, problem } from '../problems/problem.ts';
import { encodeCallEvents } from '../queues/call-events-message.ts';
import type { EventQueue } from '../queues/spread-queue.ts';
import type { Parked } from '../store/parked-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { callbackReceived } from '../telemetry/log-events.ts';
import { noTelemetry, type Span, type Telemetry } from '../telemetry/telemetry.ts';
import { inBatches } from './in-batches.ts';
import { type ParkingPorts, park } from './park.ts';
import { asParked, type CallElements, type Placed, type Receipt, type Sorted } from './sort-elements.ts';

/** The largest body of a callback. */
export const BODY_LIMIT_BYTES = 1_048_576;

export interface ReceivePorts extends ParkingPorts {
  readonly callEvents: EventQueue;
  readonly telemetry?: Telemetry | undefined;
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
  const messages = sorted.byCall.map(toMessage(ports, receipt));
  const oversized = messages.flatMap(({ elements, tooLarge }) =>
    elements.filter(({ element }) => tooLarge.includes(element)).map(tooLargeToQueue(receipt)),
  );
  const parked = [...sorted.parked, ...oversized];
  try {
    await park(ports, parked);
    const puts = messages.flatMap(({ texts, callKey }) => texts.map(text => ({ text, callKey })));
    await inBatches(puts, ({ text, callKey }) => ports.callEvents.put(text, { callKey }));
    for (const { span } of messages) span?.end();
  } catch (error) {
    for (const { span } of messages) span?.end(error);
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

interface Message extends ReturnType<typeof encodeCallEvents> {
  readonly callKey: string;
  readonly elements: readonly Placed[];
  /** Of taking in what is told of this call; undefined while nobody knows which call it is. */
  readonly span: Span | undefined;
}

function toMessage({ telemetry = noTelemetry }: ReceivePorts, { receivedAt, traceparent }: Receipt) {
  return ({ address, elements }: CallElements): Message => {
    const { callKey, serverCallId } = address;
    const facts = { 'ringback.events': elements.length };
    const span =
      serverCallId === undefined
        ? telemetry.start({ name: 'receive callback', kind: 'server', callKey, from: traceparent, facts })
        : undefined;
    const encoded = encodeCallEvents({
      ...address,
      receivedAt,
      attempt: 0,
      traceparent: span?.traceparent ?? traceparent,
      elements: elements.map(({ element }) => element),
    });
    return { callKey, elements, span, ...encoded };
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

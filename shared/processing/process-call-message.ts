import type { EventTime } from '../domain/event-time.ts';
import { MissingFlowError } from '../flows/missing-flow.ts';
import { backOffSeconds } from '../queues/back-off.ts';
import { decodeCallMessage, encodeCallMessage } from '../queues/call-message.ts';
import type { Queue } from '../queues/queue.ts';
import { StorageError } from '../store/storage-error.ts';
import { messageDelayed } from '../telemetry/log-events.ts';
import { noTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import type { CallWorker } from './call-worker.ts';
import { type ParkingPorts, park } from './park.ts';
import { parkedMessage, UNDECODABLE } from './parked-message.ts';

export interface CallMessagePorts extends ParkingPorts {
  readonly worker: CallWorker;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly telemetry?: Telemetry | undefined;
}

/** A message as it was taken from the queue. */
export interface CallMessageDelivery {
  readonly text: string;
  readonly insertedAt: EventTime;
  /** How often it was taken, this time included; 1 unless told. */
  readonly dequeueCount?: number;
}

/**
 * Processes one message of `call-actions` or `call-alarms`: looks at its call and does what is due.
 *
 * @param queue where the message came from, and goes again when storage fails for the moment.
 * @throws StorageError when not even that could be done; the message must then stay.
 */
export async function processCallMessage(
  ports: CallMessagePorts,
  queue: Queue,
  { text, insertedAt, dequeueCount = 1 }: CallMessageDelivery,
): Promise<void> {
  const message = decodeCallMessage(text);
  if (message === undefined) return park(ports, [parkedMessage({ text, insertedAt }, UNDECODABLE)]);
  const { callKey, alarmAt, hasLine, attempt } = message;
  try {
    const rang = alarmAt as EventTime | undefined;
    const isRepeated = attempt > 0 || dequeueCount > 1;
    const name = rang === undefined ? 'process call-actions' : 'process call-alarms';
    const { telemetry = noTelemetry } = ports;
    await telemetry.inSpan({ name, kind: 'consumer', callKey, facts: { 'ringback.attempt': attempt } }, () =>
      ports.worker.visit(callKey, { rang, hasLine, isRepeated }),
    );
  } catch (error) {
    if (error instanceof MissingFlowError) {
      const why = { reason: 'missingFlow', detail: error.message, callKey } as const;
      return park(ports, [parkedMessage({ text, insertedAt }, why)]);
    }
    if (!(error instanceof StorageError)) throw error;
    if (!error.transient) {
      const why = { reason: 'refused', detail: error.message, callKey } as const;
      return park(ports, [parkedMessage({ text, insertedAt }, why)]);
    }
    const delaySeconds = backOffSeconds(attempt, ports.random(), error.retryAfterMs);
    await queue.put(encodeCallMessage({ ...message, attempt: attempt + 1 }), { delaySeconds });
    ports.log(messageDelayed({ callKey, attempt, delaySeconds, error: error.message }));
  }
}

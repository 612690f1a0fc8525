import type { EventTime } from '../domain/event-time.ts';
import { backOffSeconds } from '../queues/back-off.ts';
import { decodeCallMessage, encodeCallMessage } from '../queues/call-message.ts';
import type { Queue } from '../queues/queue.ts';
import { StorageError } from '../store/storage-error.ts';
import { messageDelayed } from '../telemetry/log-events.ts';
import type { CallWorker } from './call-worker.ts';
import { type ParkingPorts, park } from './park.ts';

export interface CallMessagePorts extends ParkingPorts {
  readonly worker: CallWorker;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
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
  { text, insertedAt }: { readonly text: string; readonly insertedAt: EventTime },
): Promise<void> {
  const message = decodeCallMessage(text);
  if (message === undefined) {
    const detail = 'the message is none that Ringback puts, or it is damaged';
    const what = { reason: 'undecodable', detail, pointer: null, kind: 'message', callKey: null } as const;
    return park(ports, [{ ...what, receivedAt: insertedAt, text }]);
  }
  const { callKey, alarmAt, attempt } = message;
  try {
    await ports.worker.visit(callKey, alarmAt as EventTime | undefined);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const delaySeconds = backOffSeconds(attempt, ports.random(), error.retryAfterMs);
    await queue.put(encodeCallMessage({ ...message, attempt: attempt + 1 }), { delaySeconds });
    ports.log(messageDelayed({ callKey, attempt, delaySeconds, error: error.message }));
  }
}

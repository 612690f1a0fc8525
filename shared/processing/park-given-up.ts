import type { EventTime } from '../domain/event-time.ts';
import { decodeCallEvents } from '../queues/call-events-message.ts';
import { decodeCallMessage } from '../queues/call-message.ts';
import { type ParkingPorts, park } from './park.ts';
import { parkedMessage } from './parked-message.ts';

/**
 * Parks a message that the Functions host gave up on, with its text as it was.
 *
 * @param text as it was put, or as it lies in the queue where it is no base64.
 * @throws StorageError only when the row could not be written; never for what the message holds.
 */
export async function parkGivenUp(ports: ParkingPorts, text: string, insertedAt: EventTime): Promise<void> {
  const message = decodeCallEvents(text) ?? decodeCallMessage(text);
  const why = {
    reason: message === undefined ? 'undecodable' : 'gaveUp',
    detail: 'the Functions host gave up on the message after its tries',
    callKey: message?.callKey ?? null,
  } as const;
  await park(ports, [parkedMessage({ text, insertedAt }, why)]);
}

import { eventTimeOf } from '../clock.ts';
import type { Queue } from '../queues/queue.ts';
import type { ParkingPorts } from './park.ts';
import { parkGivenUp } from './park-given-up.ts';

const RECEIVED_AT_ONCE = 32;
const HIDDEN_SECONDS = 60;
/** One run ends in time for the next, whatever has piled up. */
const ROUNDS_MAX = 50;

/** Parks what lies in a poison queue, and returns how much that was. */
export async function drainPoison(ports: ParkingPorts, queue: Queue): Promise<number> {
  let parked = 0;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const messages = await queue.receive(RECEIVED_AT_ONCE, HIDDEN_SECONDS);
    if (messages.length === 0) break;
    for (const message of messages) {
      await parkGivenUp(ports, message.text ?? message.raw, eventTimeOf(message.insertedAt.getTime()));
      await queue.delete(message);
      parked += 1;
    }
  }
  return parked;
}

import { eventTimeOf } from '../clock.ts';
import type { Queue } from '../queues/queue.ts';
import type { CallIndex } from '../store/call-index.ts';
import { swept } from '../telemetry/log-events.ts';
import type { ParkingPorts } from './park.ts';
import { parkGivenUp } from './park-given-up.ts';

export interface SweepPorts extends ParkingPorts {
  readonly index: CallIndex;
  readonly callEventsPoison: Queue;
}

const RECEIVED_AT_ONCE = 32;
const HIDDEN_SECONDS = 60;
/** One run ends in time for the next, whatever has piled up. */
const ROUNDS_MAX = 50;

/**
 * Looks after what nobody else does: parks what the host gave up on, and takes ended calls off the list of open ones.
 *
 * The poison queue has no trigger. A trigger takes a message that it cannot bind (text that is no base64) and leaves it
 * hidden for ten minutes, again and again, so that neither it nor the sweep would ever park it; and polling a queue
 * that is empty all but always costs more than looking once a minute.
 */
export async function sweep(ports: SweepPorts): Promise<void> {
  const parked = await drain(ports);
  const tidied = await ports.index.tidy();
  if (parked + tidied > 0) ports.log(swept({ parked, tidied }));
}

async function drain(ports: SweepPorts): Promise<number> {
  let parked = 0;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const messages = await ports.callEventsPoison.receive(RECEIVED_AT_ONCE, HIDDEN_SECONDS);
    if (messages.length === 0) break;
    for (const message of messages) {
      await parkGivenUp(ports, message.text ?? message.raw, eventTimeOf(message.insertedAt.getTime()));
      await ports.callEventsPoison.delete(message);
      parked += 1;
    }
  }
  return parked;
}

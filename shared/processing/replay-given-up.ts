import { decodeCallEvents, encodeCallEvents } from '../queues/call-events-message.ts';
import { decodeCallMessage, encodeCallMessage } from '../queues/call-message.ts';
import type { Queue } from '../queues/queue.ts';
import type { EventQueue } from '../queues/spread-queue.ts';
import type { ParkedItem, ParkedStore } from '../store/parked-store.ts';

export interface ReplayGivenUpPorts {
  readonly parked: ParkedStore;
  readonly callEvents: EventQueue;
  readonly callActions: Queue;
}

/** How long each replay waits: what one outage gave up on does not come back all at once, nor for ever. */
const REPLAY_DELAYS_SECONDS = [0, 120, 600] as const;

/**
 * Takes up again what the host gave up on, a few times: most of it an outage did, and it will pass now. The message
 * itself counts its replays, so that the count outlives being given up and parked anew. What was recorded before is not
 * recorded twice, and so it does no harm to die between the put and the drop.
 *
 * @returns false where the thing stays parked: it is of another kind, or was replayed often enough.
 * @throws StorageError when storage failed; the thing is then still parked.
 */
export async function replayGivenUp(ports: ReplayGivenUpPorts, item: ParkedItem): Promise<boolean> {
  const again = item.reason === 'gaveUp' ? messageAgain(ports, item.text) : undefined;
  const delaySeconds = REPLAY_DELAYS_SECONDS[again?.replays ?? REPLAY_DELAYS_SECONDS.length];
  if (again === undefined || delaySeconds === undefined) return false;
  const { callKey } = again;
  for (const text of again.texts) await again.queue.put(text, { delaySeconds, callKey });
  await ports.parked.drop(item.parkedId);
  return true;
}

interface Again {
  /** How often it was replayed before. */
  readonly replays: number;
  readonly queue: Pick<Queue, 'put'>;
  readonly callKey: string;
  readonly texts: readonly string[];
}

/** An alarm comes back as a nudge: what is due is done by either. */
function messageAgain({ callEvents, callActions }: ReplayGivenUpPorts, text: string): Again | undefined {
  const events = decodeCallEvents(text);
  if (events !== undefined) {
    const { callKey, replays = 0 } = events;
    const { texts } = encodeCallEvents({ ...events, attempt: 0, replays: replays + 1 });
    return texts.length === 0 ? undefined : { replays, queue: callEvents, callKey, texts };
  }
  const nudge = decodeCallMessage(text);
  if (nudge === undefined) return undefined;
  const { callKey, replays = 0 } = nudge;
  return {
    replays,
    queue: callActions,
    callKey,
    texts: [encodeCallMessage({ callKey, replays: replays + 1 })],
  };
}

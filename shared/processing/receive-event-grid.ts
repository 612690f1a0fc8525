import { eventGridType, topicOf } from '../dialects/event-grid/event-grid.ts';
import { subscriptionAnswer } from '../dialects/event-grid/handshake.ts';
import { type Problem, problem } from '../problems/problem.ts';
import { parseEventsBody } from './parse-events-body.ts';
import { queueSorted, type Received, type ReceivePorts } from './queue-sorted.ts';
import { nothingRecognised, type Receipt, sortElements } from './sort-elements.ts';

/** A delivery whose sender is known to be authentic. */
export interface EventGridDelivery extends Omit<Receipt, 'callKey'> {
  readonly body: string;
}

export interface EventGridPorts extends ReceivePorts {
  readonly settings: {
    /** Resource ids in small letters; empty for any. */
    readonly eventGridTopics: readonly string[];
  };
}

export type EventGridResult =
  | { readonly ok: true; readonly answer: Received | { readonly validationResponse?: string } }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Takes a delivery of Event Grid in, the way of a callback: every event is in the queue, or parked with its reason,
 * before the answer says so. The handshake of a subscription is answered and not kept. A delivery with an event of a
 * resource that is not on the list is refused, and nothing of it is kept.
 */
export async function receiveEventGrid(
  ports: EventGridPorts,
  delivery: EventGridDelivery,
): Promise<EventGridResult> {
  const body = parseEventsBody(delivery.body);
  if (!body.ok) return body;
  const stranger = body.elements.find(element => !isAllowed(element, ports.settings.eventGridTopics));
  if (stranger !== undefined) return { ok: false, problem: topicNotAllowed(stranger) };
  const answer = subscriptionAnswer(body.elements);
  if (answer !== undefined) return { ok: true, answer };
  const receipt = { ...delivery, callKey: undefined };
  // A callback that came this way would come without the token of a callback.
  const sorted = sortElements(receipt, body, 'event-grid');
  if (sorted === undefined) return { ok: false, problem: nothingRecognised(body, 'event-grid') };
  const result = await queueSorted(ports, receipt, sorted);
  return result.ok ? { ok: true, answer: result.received } : result;
}

/** What is no event at all has no topic either, and is parked or refused as such. */
function isAllowed(element: unknown, topics: readonly string[]): boolean {
  if (topics.length === 0 || eventGridType(element) === undefined) return true;
  return topics.includes(topicOf(element)?.toLowerCase() ?? '');
}

function topicNotAllowed(element: unknown): Problem {
  const topic = topicOf(element)?.slice(0, 256);
  const detail = topic === undefined ? 'An event names no topic.' : `Events of ${topic} are not taken here.`;
  return problem('topic-not-allowed', detail);
}

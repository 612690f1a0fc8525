import { seededRandom, shuffled } from '../../bench/seeded-random.ts';
import type { CallEvent } from '../../shared/domain/call-event.ts';
import { eventsOf, nineElements } from '../support/call-elements.ts';

/** A call whose events are sent, and what they come to. */
export interface WorkloadCall {
  readonly callKey: string;
  /** Each event that is sent once or more, in the order of their times; restamped ones are events of their own. */
  readonly events: readonly CallEvent[];
}

/** One event on its way: a callback of its own. */
export interface Delivery {
  readonly callKey: string;
  readonly element: unknown;
}

/** What is sent in a run: the same for the same seed. */
export interface Workload {
  readonly calls: readonly WorkloadCall[];
  /** In no order of their times, some of them twice; see {@link Order}. */
  readonly deliveries: readonly Delivery[];
}

/**
 * `bursts`: call after call, each with its events in any order, as when ACS tells late what happened on a call ·
 * `scattered`: the events of all calls in any order, so that what comes right behind each other is never of one call.
 */
export const ORDERS = ['bursts', 'scattered'] as const;

export type Order = (typeof ORDERS)[number];

const DUPLICATED = 0.3;
const RESTAMPED = 0.1;

/** So many calls of nine events; of the events three in ten are sent twice, and one in ten again with another time. */
export function workloadOf(callCount: number, seed: number, order: Order): Workload {
  const random = seededRandom(seed);
  const calls: WorkloadCall[] = [];
  const deliveries: Delivery[] = [];
  for (let number = 1; number <= callCount; number++) {
    const callKey = `cKilled${seed}x${number}`;
    const elements = nineElements(`leg-of-${callKey}`) as { readonly eventTime: string }[];
    const again = elements.filter(() => random() < RESTAMPED).map(restamped);
    const sent = [...elements, ...again];
    calls.push({ callKey, events: eventsOf(sent).toSorted((a, b) => (a.at < b.at ? -1 : 1)) });
    const twice = elements.filter(() => random() < DUPLICATED);
    deliveries.push(...shuffled([...sent, ...twice], random).map(element => ({ callKey, element })));
  }
  return { calls, deliveries: order === 'bursts' ? deliveries : shuffled(deliveries, random) };
}

/** The same told again half a second later, as by a sender that stamps each delivery anew. */
function restamped<Element extends { readonly eventTime: string }>(element: Element): Element {
  return { ...element, eventTime: element.eventTime.replace('.0', '.5') };
}

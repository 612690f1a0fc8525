import { Counter } from '../core/bounded-map.ts';
import type { LegEvent } from '../core/leg-event.ts';
import type { RandomStreams } from '../core/random-streams.ts';
import { type FaultSettings, type FaultSettingsInput, faultSettingsSchema } from './fault-settings.ts';

const REMEMBERED_NAMES = 200_000;

/** What happens to a request, besides being late. */
export type RequestFault = 'throttle' | 'failBefore' | 'failAfter' | 'dropBefore' | 'dropAfter';

/** What one request meets. */
export interface RequestFate {
  readonly fault: RequestFault | undefined;
  readonly slowMs: number;
}

/** What one event meets on its way to the app. */
export interface CallbackFate {
  readonly drop: boolean;
  readonly duplicate: boolean;
  readonly restamp: boolean;
  readonly reorder: boolean;
  readonly batch: boolean;
  readonly split: boolean;
  readonly delayMs: number;
}

/**
 * Decides what goes wrong. The n-th request of a kind, or event of a type, of one call meets the same for the same seed
 * and settings, whatever else goes on.
 */
export class FaultDial {
  readonly #streams: RandomStreams;
  readonly #occurrences = new Counter(REMEMBERED_NAMES);
  #settings: FaultSettings;

  constructor(streams: RandomStreams, settings: FaultSettingsInput = {}) {
    this.#streams = streams;
    this.#settings = faultSettingsSchema.parse(settings);
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** Turns the dial: from now on these faults and no others. */
  turn(settings: FaultSettings): void {
    this.#settings = settings;
  }

  /** @param subject what the request is about: its kind, and a name of the call that is the same for the same seed. */
  requestFate(subject: string): RequestFate {
    const random = this.#stream(`request|${subject}`);
    const { requests } = this.#settings;
    let left = random();
    const fault = REQUEST_FAULTS.find(name => {
      left -= requests[name];
      return left < 0;
    });
    const isSlow = random() < requests.slow;
    return { fault, slowMs: isSlow ? pick(requests.slowMs, random) : 0 };
  }

  callbackFate({ leg, news }: LegEvent): CallbackFate {
    const random = this.#stream(`callback|${leg.label}|${news.type}`);
    const { callbacks } = this.#settings;
    // Each draws, whether it is wanted or not: turning one does not change what the others hit.
    const hits = (probability: number) => random() < probability;
    const drop = hits(callbacks.drop);
    const duplicate = hits(callbacks.duplicate);
    const restamp = hits(callbacks.restamp);
    const reorder = hits(callbacks.reorder);
    const batch = hits(callbacks.batch);
    const split = hits(callbacks.split);
    const isDelayed = hits(callbacks.delay);
    return {
      drop,
      duplicate,
      restamp,
      reorder,
      batch,
      split,
      delayMs: isDelayed ? pick(callbacks.delayMs, random) : 0,
    };
  }

  #stream(name: string): () => number {
    return this.#streams.stream(`${name}|${this.#occurrences.add(name)}`);
  }
}

const REQUEST_FAULTS = ['throttle', 'failBefore', 'failAfter', 'dropBefore', 'dropAfter'] as const;

function pick(range: number | readonly [number, number], random: () => number): number {
  if (typeof range === 'number') return range;
  const [least, most] = range;
  return Math.round(least + (most - least) * random());
}

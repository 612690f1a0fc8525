import type { Instant, LegNews, LegRef } from './leg-event.ts';
import type { World } from './world.ts';

/** The first half of a millisecond's ticks: a restamped event takes its time from the other half. */
const TICKS = 5000;

/** Stamps and sends what one call leg tells the app. No two of its events are of one millisecond, and later is later. */
export class EventSource {
  readonly leg: LegRef;
  readonly callbackUri: string;
  readonly #world: World;
  readonly #ticks: () => number;
  #lastMs = 0;
  #count = 0;

  constructor(world: World, leg: LegRef, callbackUri: string) {
    this.#world = world;
    this.leg = leg;
    this.callbackUri = callbackUri;
    this.#ticks = world.streams.stream(`ticks|${leg.label}`);
  }

  /** Tells the app, at the operation's own callback URI where it has one. */
  tell(news: LegNews, callbackUri: string = this.callbackUri): void {
    this.#count += 1;
    const id = this.#world.streams.guid(`event|${this.leg.label}|${this.#count}`);
    this.#world.emit({ id, leg: this.leg, callbackUri, at: this.#stamp(), news });
  }

  #stamp(): Instant {
    const ms = Math.max(Math.floor(this.#world.clock.now()), this.#lastMs + 1);
    this.#lastMs = ms;
    return { ms, ticks: Math.floor(this.#ticks() * TICKS) };
  }
}

import type { Clock, Timer } from '../core/clock.ts';
import type { LegEvent } from '../core/leg-event.ts';
import type { CallbackFate } from '../faults/fault-dial.ts';

/** A restamped event takes its time from the second half of its own millisecond. */
const RESTAMP_TICKS = 5000;

/** What an outlet needs. */
export interface OutletOptions {
  readonly clock: Clock;
  /** How long a held event waits for another, by the calls' time. */
  readonly holdMs: () => number;
  fateOf(event: LegEvent): CallbackFate;
  /** Sends events in one POST, after those before. */
  post(events: readonly LegEvent[]): void;
  /** An event is lost. */
  dropped(event: LegEvent): void;
}

interface Fated {
  readonly event: LegEvent;
  readonly fate: CallbackFate;
}

/** The way of one call's events out of the emulator, with what goes wrong on it. Without faults: each at once, alone. */
export class Outlet {
  readonly #options: OutletOptions;
  /** Waits to share the POST of the next event. */
  #batch: Fated[] = [];
  /** Waits to be overtaken by the next event. */
  #overtaken: Fated[] = [];
  #timer: Timer | undefined;

  constructor(options: OutletOptions) {
    this.#options = options;
  }

  /** Sends it, once, more often, later or never. */
  accept(event: LegEvent): void {
    const { clock, fateOf, dropped } = this.#options;
    const fate = fateOf(event);
    if (fate.drop) dropped(event);
    else if (fate.delayMs > 0) clock.after(fate.delayMs, () => this.#line({ event, fate }));
    else this.#line({ event, fate });
  }

  #line(fated: Fated): void {
    if (fated.fate.reorder && this.#overtaken.length === 0) {
      this.#overtaken = [fated];
      this.#hold();
      return;
    }
    if (this.#batch.some(({ event }) => event.callbackUri !== fated.event.callbackUri)) this.#flushBatch();
    this.#batch.push(fated);
    if (fated.fate.batch && this.#batch.length === 1) {
      this.#hold();
      return;
    }
    this.#flush();
  }

  #hold(): void {
    const { clock, holdMs } = this.#options;
    this.#timer ??= clock.after(holdMs(), () => this.#flush());
  }

  #flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#flushBatch();
    const overtaken = this.#overtaken;
    this.#overtaken = [];
    this.#send(overtaken);
  }

  #flushBatch(): void {
    const batch = this.#batch;
    this.#batch = [];
    this.#send(batch);
  }

  #send(group: readonly Fated[]): void {
    if (group.length === 0) return;
    const { post } = this.#options;
    const events = group.map(({ event }) => event);
    post(events);
    if (group.some(({ fate }) => fate.duplicate)) post(events);
    for (const { event, fate } of group) if (fate.restamp) post([restamped(event)]);
    if (events.length > 1 && group.some(({ fate }) => fate.split)) for (const event of events) post([event]);
  }
}

function restamped(event: LegEvent): LegEvent {
  return { ...event, at: { ...event.at, ticks: event.at.ticks + RESTAMP_TICKS } };
}

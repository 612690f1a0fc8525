import { setTimeout as delay } from 'node:timers/promises';
import { BoundedMap } from '../core/bounded-map.ts';
import type { Clock } from '../core/clock.ts';
import type { LegEvent } from '../core/leg-event.ts';
import type { EmulatedDialect } from '../dialects/emulated-dialect.ts';
import type { FaultDial } from '../faults/fault-dial.ts';
import { Outlet } from './outlet.ts';
import { callbackPoster, type PostResult } from './post-callback.ts';

/** Calls whose order is kept; a line goes with its call, but those of operations from outside have no end. */
const REMEMBERED_LINES = 50_000;

/** How callbacks are sent. */
export interface SendingSettings {
  /** Whether an event comes in an array, as the first samples read it, or as a bare object, as the overview page shows it. */
  readonly envelope: 'array' | 'single';
  /** How often one is tried. */
  readonly attempts: number;
  /** How long after one try comes the next, by real time. */
  readonly retryMs: number;
  readonly timeoutMs: number;
}

/** What became of one try. */
export interface CallbackReport {
  readonly events: readonly LegEvent[];
  readonly attempt: number;
  readonly result: PostResult | 'dropped';
  /** No more will be tried. */
  readonly isLast: boolean;
}

/** What the sender needs. */
export interface CallbackSenderOptions {
  readonly clock: Clock;
  readonly dial: FaultDial;
  readonly settings: SendingSettings;
  /** The one that the app speaks on the call. */
  dialectOf(event: LegEvent): Pick<EmulatedDialect, 'render' | 'mayBeBare' | 'bearsTokens'>;
  /** What proves to the app from whom it is. */
  authorization(): Promise<string>;
  report(report: CallbackReport): void;
}

interface Line {
  readonly outlet: Outlet;
  /** Fulfilled when everything before was tried once. */
  last: Promise<void>;
  waiting: number;
  isOver: boolean;
}

/**
 * Posts events to the app. Those of one call go one after the other; one that the app does not take is tried again
 * later, while others overtake it.
 */
export class CallbackSender {
  readonly #options: CallbackSenderOptions;
  readonly #lines = new BoundedMap<Line>(REMEMBERED_LINES);
  readonly #poster = callbackPoster();
  readonly #stopped = new AbortController();
  #waiting = 0;

  constructor(options: CallbackSenderOptions) {
    this.#options = options;
  }

  /** Takes an event, to send it as the fault dial will have it. */
  send(event: LegEvent): void {
    if (this.#stopped.signal.aborted || this.#options.dialectOf(event).render(event) === undefined) return;
    const line = this.#lineOf(event.leg.id);
    if (event.news.type === 'state' && event.news.state === 'disconnected') line.isOver = true;
    line.outlet.accept(event);
  }

  /** POSTs that are to come, or to be tried again. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Sends nothing more, and breaks off what is under way. */
  stop(): void {
    this.#stopped.abort();
    this.#poster.close();
  }

  #lineOf(legId: string): Line {
    const known = this.#lines.get(legId);
    if (known !== undefined) return known;
    const { clock, dial, report } = this.#options;
    const outlet = new Outlet({
      clock,
      holdMs: () => dial.settings.callbacks.holdMs,
      fateOf: event => dial.callbackFate(event),
      post: events => this.#queue(legId, line, events),
      dropped: event => report({ events: [event], attempt: 0, result: 'dropped', isLast: true }),
    });
    const line: Line = { outlet, last: Promise.resolve(), waiting: 0, isOver: false };
    this.#lines.set(legId, line);
    return line;
  }

  #queue(legId: string, line: Line, events: readonly LegEvent[]): void {
    const [first] = events;
    if (first === undefined || this.#stopped.signal.aborted) return;
    const { dialectOf, settings } = this.#options;
    const { mayBeBare, bearsTokens } = dialectOf(first);
    const elements = events.map(event => dialectOf(event).render(event));
    const isBare = mayBeBare && settings.envelope === 'single' && elements.length === 1;
    const body = JSON.stringify(isBare ? elements[0] : elements);
    line.waiting += 1;
    this.#waiting += 1;
    line.last = line.last.then(async () => {
      const delivery = { url: first.callbackUri, body, events, bearsTokens };
      const isTaken = await this.#try(delivery, 1);
      if (!isTaken) void this.#tryAgain(delivery);
      line.waiting -= 1;
      if (isTaken) this.#waiting -= 1;
      if (line.isOver && line.waiting === 0) this.#lines.delete(legId);
    });
  }

  /** Never rejects. */
  async #tryAgain(delivery: Delivery): Promise<void> {
    const { attempts, retryMs } = this.#options.settings;
    for (let attempt = 2; attempt <= attempts; attempt += 1) {
      await delay(retryMs * (attempt - 1), undefined, { signal: this.#stopped.signal }).catch(
        () => undefined,
      );
      if (this.#stopped.signal.aborted || (await this.#try(delivery, attempt))) break;
    }
    this.#waiting -= 1;
  }

  /** Whether the app has taken it. */
  async #try({ url, body, events, bearsTokens }: Delivery, attempt: number): Promise<boolean> {
    if (this.#stopped.signal.aborted) return true;
    const { settings, report, authorization } = this.#options;
    const { signal } = this.#stopped;
    const headers = bearsTokens ? { authorization: await authorization() } : {};
    const result = await this.#poster.post({ url, body, headers, timeoutMs: settings.timeoutMs });
    if (signal.aborted) return true;
    report({ events, attempt, result, isLast: result.ok || attempt >= settings.attempts });
    return result.ok;
  }
}

interface Delivery {
  readonly url: string;
  readonly body: string;
  readonly events: readonly LegEvent[];
  readonly bearsTokens: boolean;
}

import { BoundedMap, Counter } from '../core/bounded-map.ts';
import type { NewLogEntry } from './activity-log.ts';

const REMEMBERED_NUMBERS = 50_000;
const KINDS = 1000;

interface Line {
  readonly open: number;
  readonly most: number;
}

/** What the summary says. */
export interface Summary {
  /** What really happened, by kind: rings, plays, invites, tones… */
  readonly happened: Readonly<Record<string, number>>;
  /** How often each number, or user, was rung. */
  readonly ringsByNumber: Readonly<Record<string, number>>;
  /** Requests by operation: how many came, and how many were carried out. */
  readonly requests: Readonly<Record<string, number>>;
  readonly executed: Readonly<Record<string, number>>;
  /** Those that had been carried out before, and were answered from memory. */
  readonly repeated: Readonly<Record<string, number>>;
  /** Requests by what went wrong with them on purpose. */
  readonly faults: Readonly<Record<string, number>>;
  /** POSTs to the app: sent and taken, tried in vain, given up, and events that were dropped on purpose. */
  readonly callbacks: Readonly<Record<'delivered' | 'refused' | 'givenUp' | 'dropped' | 'events', number>>;
  /** Deliveries of Event Grid: taken, and tried in vain. */
  readonly eventGrid: Readonly<Record<'delivered' | 'refused', number>>;
  /** For each number that the app calls from: how many calls were open at once, at most. */
  readonly mostCallsAtOnce: Readonly<Record<string, number>>;
}

/** What a summary counts of one entry beyond the entry itself. */
export type TalliedEntry = NewLogEntry & { readonly line?: string | undefined; readonly givenUp?: boolean };

/** Counts what the log tells, so that a count does not depend on how much of the log is kept. */
export class Tally {
  readonly #happened = new Counter(KINDS);
  readonly #rings = new Counter(REMEMBERED_NUMBERS);
  readonly #requests = new Counter(KINDS);
  readonly #executed = new Counter(KINDS);
  readonly #repeated = new Counter(KINDS);
  readonly #faults = new Counter(KINDS);
  readonly #lines = new BoundedMap<Line>(REMEMBERED_NUMBERS);
  #callbacks = NO_CALLBACKS;
  #eventGrid = NO_DELIVERIES;

  add(entry: TalliedEntry): void {
    if (entry.kind === 'request') this.#addRequest(entry);
    else if (entry.kind === 'callback') this.#addCallback(entry);
    else if (entry.kind === 'eventGrid') this.#addDelivery(entry);
    else this.#happened.add(entry.kind);
    if (entry.kind === 'ring' && entry.who !== undefined) this.#rings.add(entry.who);
    if (entry.line !== undefined) this.#addLine(entry.line, entry.kind === 'callPlaced' ? 1 : -1);
  }

  get summary(): Summary {
    return {
      happened: this.#happened.toObject(),
      ringsByNumber: this.#rings.toObject(),
      requests: this.#requests.toObject(),
      executed: this.#executed.toObject(),
      repeated: this.#repeated.toObject(),
      faults: this.#faults.toObject(),
      callbacks: this.#callbacks,
      eventGrid: this.#eventGrid,
      mostCallsAtOnce: Object.fromEntries([...this.#lines.entries()].map(([line, { most }]) => [line, most])),
    };
  }

  /** Begins anew; calls that are open stay counted as open. */
  clear(): void {
    for (const counter of [
      this.#happened,
      this.#rings,
      this.#requests,
      this.#executed,
      this.#repeated,
      this.#faults,
    ]) {
      counter.clear();
    }
    for (const [line, { open }] of [...this.#lines.entries()]) this.#lines.set(line, { open, most: open });
    this.#callbacks = NO_CALLBACKS;
    this.#eventGrid = NO_DELIVERIES;
  }

  #addRequest({ operation = 'unknown', executed, isRepeated, fault }: TalliedEntry): void {
    this.#requests.add(operation);
    if (isRepeated === true) this.#repeated.add(operation);
    if (executed === true) this.#executed.add(operation);
    if (fault !== undefined) this.#faults.add(fault);
  }

  #addCallback({ status, fault, events = [], givenUp = false }: TalliedEntry): void {
    const counts = { ...this.#callbacks };
    if (fault === 'drop') counts.dropped += 1;
    else if (status !== undefined && status >= 200 && status < 300) {
      counts.delivered += 1;
      counts.events += events.length;
    } else counts.refused += 1;
    if (givenUp) counts.givenUp += 1;
    this.#callbacks = counts;
  }

  #addDelivery({ status = 0 }: TalliedEntry): void {
    const isTaken = status >= 200 && status <= 204;
    const { delivered, refused } = this.#eventGrid;
    this.#eventGrid = { delivered: delivered + Number(isTaken), refused: refused + Number(!isTaken) };
  }

  #addLine(line: string, change: 1 | -1): void {
    const { open, most } = this.#lines.get(line) ?? { open: 0, most: 0 };
    this.#lines.set(line, { open: open + change, most: Math.max(most, open + change) });
  }
}

const NO_CALLBACKS = { delivered: 0, refused: 0, givenUp: 0, dropped: 0, events: 0 };
const NO_DELIVERIES = { delivered: 0, refused: 0 };

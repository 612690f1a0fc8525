import { setTimeout as delay } from 'node:timers/promises';
import { callbackPoster, type PostResult } from '../callbacks/post-callback.ts';
import type { Announcement } from '../core/announcement.ts';
import { type EventGridSchema, renderAnnouncement } from '../dialects/event-grid/render-announcement.ts';

const TIMEOUT_MS = 30_000;

/** Event Grid takes these as final: the event is dropped. */
const NOT_RETRIED: ReadonlySet<number> = new Set([400, 401, 403, 413]);

const SUBSCRIPTION = 'emulator';

/** Where events of the resource go. */
export interface EventGridTarget {
  /** With its key. */
  readonly url: string;
  readonly schema: EventGridSchema;
}

/** How they are sent. */
export interface EventGridSettings {
  /** How often one is tried. */
  readonly attempts: number;
  /** How long after one try comes the next, by real time. */
  readonly retryMs: number;
}

/** What became of one try. */
export interface DeliveryReport {
  readonly announcement: Announcement;
  readonly attempt: number;
  readonly result: PostResult;
}

/** Delivers events of the resource as Event Grid does: once each, in a POST of its own, and again while it is not taken. */
export class EventGridSender {
  readonly #settings: EventGridSettings;
  readonly #report: (report: DeliveryReport) => void;
  readonly #poster = callbackPoster();
  readonly #stopped = new AbortController();
  #waiting = 0;

  constructor(settings: EventGridSettings, report: (report: DeliveryReport) => void) {
    this.#settings = settings;
    this.#report = report;
  }

  /** Deliveries that are to come, or to be tried again. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Delivers it so many times, one after the other. Never rejects. */
  async deliver(announcement: Announcement, target: EventGridTarget, times = 1): Promise<void> {
    this.#waiting += times;
    for (let count = 0; count < times; count += 1) {
      await this.#deliverOnce(announcement, target);
      this.#waiting -= 1;
    }
  }

  /** Sends nothing more, and breaks off what is under way. */
  stop(): void {
    this.#stopped.abort();
    this.#poster.close();
  }

  async #deliverOnce(announcement: Announcement, { url, schema }: EventGridTarget): Promise<void> {
    const { attempts, retryMs } = this.#settings;
    const event = renderAnnouncement(announcement, schema);
    const body = JSON.stringify(schema === 'cloudEvents' ? event : [event]);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      if (this.#stopped.signal.aborted) return;
      const headers = headersOf(schema, attempt);
      const result = await this.#poster.post({ url, body, headers, timeoutMs: TIMEOUT_MS });
      if (this.#stopped.signal.aborted) return;
      this.#report({ announcement, attempt, result });
      if (isSettled(result)) return;
      if (attempt < attempts) await this.#pause(retryMs * attempt);
    }
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }
}

/** Only these statuses are a success to Event Grid. */
function isSettled(result: PostResult): boolean {
  return (
    'status' in result && ((result.status >= 200 && result.status <= 204) || NOT_RETRIED.has(result.status))
  );
}

function headersOf(schema: EventGridSchema, attempt: number): Record<string, string> {
  return {
    'aeg-event-type': 'Notification',
    'aeg-subscription-name': SUBSCRIPTION,
    'aeg-delivery-count': String(attempt - 1),
    ...(schema === 'cloudEvents' ? { 'content-type': 'application/cloudevents+json; charset=utf-8' } : {}),
  };
}

import { callbackKeyOf, withoutQuery } from '../callbacks/callback-key.ts';
import type { LogEntry } from './log-entry.ts';

/** What to find in the log; every filter given must fit. */
export interface LogFilter {
  readonly callId?: string | undefined;
  readonly callKey?: string | undefined;
  readonly callbackUri?: string | undefined;
  readonly operationContext?: string | undefined;
  readonly kind?: string | undefined;
  readonly who?: string | undefined;
}

/** An entry as it is written: its number, time and key come with the writing. */
export type NewLogEntry = Omit<LogEntry, 'n' | 'at' | 'callKey'>;

/** The newest entries of all that was asked and done; older ones are forgotten. Secrets of callback URIs are left out. */
export class ActivityLog {
  readonly #limit: number;
  #entries: LogEntry[] = [];
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add({ callbackUri, ...entry }: NewLogEntry): void {
    this.#count += 1;
    this.#entries.push({
      n: this.#count,
      at: new Date().toISOString(),
      ...entry,
      ...(callbackUri === undefined
        ? {}
        : { callbackUri: withoutQuery(callbackUri), callKey: callbackKeyOf(callbackUri) }),
    });
    // In blocks, so that an entry costs the same however long the log is.
    if (this.#entries.length >= this.#limit * 2) this.#entries = this.#entries.slice(-this.#limit);
  }

  /** Those that fit, oldest first: the newest of them where there are more than the limit. */
  find({ callbackUri, ...filter }: LogFilter, limit: number): readonly LogEntry[] {
    const wanted = {
      ...filter,
      callbackUri: callbackUri === undefined ? undefined : withoutQuery(callbackUri),
    };
    const conditions = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const found = this.#entries
      .slice(-this.#limit)
      .filter(entry => conditions.every(([name, value]) => entry[name as keyof LogEntry] === value));
    return limit > 0 ? found.slice(-limit) : [];
  }

  clear(): void {
    this.#entries = [];
  }
}

import type { HAPPENINGS } from '../core/happening.ts';

/** Kinds of entries beside what happened: HTTP requests that came, callbacks and deliveries of Event Grid that were tried. */
export const TRAFFIC = ['request', 'callback', 'eventGrid'] as const;

/** One line of the log. */
export interface LogEntry {
  /** Counts all entries since the emulator started. */
  readonly n: number;
  /** When, by real time. */
  readonly at: string;
  readonly kind: (typeof HAPPENINGS)[number] | (typeof TRAFFIC)[number];
  readonly callId?: string | undefined;
  /** The last path segment of the callback URI. */
  readonly callKey?: string | undefined;
  /** Without its query. */
  readonly callbackUri?: string | undefined;
  readonly operationContext?: string | null | undefined;
  /** Of a request: what it asks for. */
  readonly operation?: string | undefined;
  /** Of a request: whether it was carried out. */
  readonly executed?: boolean | undefined;
  /** Of a request: that it had been carried out before, and was answered from memory. */
  readonly isRepeated?: boolean | undefined;
  readonly fault?: string | undefined;
  /** How it was answered: by the emulator, or by the app; absent where there was no answer. */
  readonly status?: number | undefined;
  /** Of a callback: what it told. */
  readonly events?: readonly string[] | undefined;
  readonly attempt?: number | undefined;
  readonly who?: string | undefined;
  readonly detail?: string | undefined;
}

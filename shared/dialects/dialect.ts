import type { DialectName, EventPayload } from '../domain/call-event.ts';
import type { EventTime } from '../domain/event-time.ts';

/** What is wrong with one element of a callback. */
export interface Issue {
  /** Where, within the element: a JSON Pointer (RFC 6901), `""` for the element itself. */
  readonly pointer: string;
  readonly message: string;
}

/** One element of a callback, read. */
export interface WireEvent {
  /** The type as the sender spelt it. */
  readonly wireType: string;
  /** The call leg or call connection that it names, if any. */
  readonly wireId: string | null;
  /** The sender's own id for the event, unique together with its type or source; null when it has none. */
  readonly eventId: string | null;
  readonly at: EventTime;
  readonly payload: EventPayload;
  /** What `fingerprintOf` gives, where it is known already. */
  readonly fingerprint?: string;
}

/** Expected outcomes are values: reading an element never throws. */
export type ReadResult =
  | { readonly ok: true; readonly event: WireEvent }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** One wire format, as far as it comes in. */
export interface Dialect {
  readonly name: DialectName;
  /** Whether the element is an event of this dialect, well-formed or not. */
  recognises(element: unknown): boolean;
  /**
   * Reads an element that it recognises. Unknown event types are read too, as `unknown`.
   *
   * @param receivedAt when it came: what counts for an event that does not say when it happened. Without it such an
   * event is malformed.
   */
  read(element: unknown, receivedAt?: EventTime): ReadResult;
}

import type { EventTime } from '../domain/event-time.ts';
import type { Measurement } from './measurements.ts';

/** What is told of a span beside its time. No number, key, signature, URL or text of a callback may be among it. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

/** A span that begins. */
export interface SpanStart {
  /** One of a few: what it is about stands in the facts. */
  readonly name: string;
  readonly kind: 'server' | 'consumer' | 'client';
  /** Says in which trace it stands. */
  readonly callKey: string;
  /** The W3C trace context that led here: of the span above, or of something to be linked. */
  readonly from?: string | null;
  /** Somebody may have been led here before: it then stands under the call, with a link to what led here. */
  readonly isRepeated?: boolean;
  readonly facts?: SpanFacts;
}

/** A span that has begun. */
export interface Span {
  /** The W3C trace context to be carried on; null where nothing is traced. */
  readonly traceparent: string | null;
  tell(facts: SpanFacts): void;
  /** @param error what it ended with, of which only the class is told. */
  end(error?: unknown): void;
}

/**
 * Where spans and measurements go. A call is one trace, whose id follows from the call's key: every process finds it
 * without asking. Never throws.
 */
export interface Telemetry {
  start(span: SpanStart): Span;
  /** Runs the body within a span: spans of the same call that begin in it stand below, unless told otherwise. */
  inSpan<Result>(span: SpanStart, body: (span: Span) => Promise<Result>): Promise<Result>;
  /**
   * The call is known from now on: the span is made that all others of the call stand below.
   *
   * @param at when the first of it was received.
   */
  callOpened(callKey: string, at: EventTime): void;
  measure(measurement: Measurement): void;
}

const NO_SPAN: Span = { traceparent: null, tell() {}, end() {} };

/** Stands where nothing is configured that would take it. */
export const noTelemetry: Telemetry = {
  start: () => NO_SPAN,
  inSpan: (_, body) => body(NO_SPAN),
  callOpened() {},
  measure() {},
};

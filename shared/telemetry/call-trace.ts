import { hash } from 'node:crypto';

/** The ids of a span, as W3C trace context writes them. */
export interface TraceIds {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

/**
 * The trace that a call is, and the span in it that all others stand below. Both follow from the call's key, so that
 * processes which know nothing of each other agree, and whoever knows the key finds the trace.
 */
export function callTraceOf(callKey: string): TraceIds {
  const digest = hash('sha256', callKey, 'hex');
  return { traceId: digest.slice(0, 32), spanId: digest.slice(32, 48) };
}

const TRACEPARENT = /^00-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}$/;

/** Reads a `traceparent`; undefined for one that is none. @see https://www.w3.org/TR/trace-context/ */
export function parseTraceparent(text: string | null | undefined): TraceIds | undefined {
  const [, traceId, spanId] = TRACEPARENT.exec(text ?? '') ?? [];
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
}

export function formatTraceparent({ traceId, spanId }: TraceIds, isSampled: boolean): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}

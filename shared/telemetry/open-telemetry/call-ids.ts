import { RandomIdGenerator } from '@opentelemetry/sdk-trace';
import type { TraceIds } from '../call-trace.ts';

/** Random ids, except where a span is to have given ones: that of a call, which other processes know without asking. */
export class CallIds extends RandomIdGenerator {
  #given: TraceIds | undefined;

  /** The spans that the body starts, before it returns, have these ids. */
  use(ids: TraceIds, body: () => void): void {
    this.#given = ids;
    try {
      body();
    } finally {
      this.#given = undefined;
    }
  }

  override generateTraceId(): string {
    return this.#given?.traceId ?? super.generateTraceId();
  }

  override generateSpanId(): string {
    return this.#given?.spanId ?? super.generateSpanId();
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  type Counter,
  type Gauge,
  type Histogram,
  type Link,
  type Meter,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { EventTime } from '../../domain/event-time.ts';
import { callTraceOf, formatTraceparent, parseTraceparent, type TraceIds } from '../call-trace.ts';
import { METRICS, type Measurement, type MetricName } from '../measurements.ts';
import type { Span, SpanStart, Telemetry } from '../telemetry.ts';
import type { CallIds } from './call-ids.ts';

const KINDS: Readonly<Record<SpanStart['kind'], SpanKind>> = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
};

/** Bounds of the buckets, in seconds: from a queue that is polled at once to one that waits for an outage to end. */
const BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800];

export interface CallTelemetryOptions {
  readonly tracer: Tracer;
  readonly meter: Meter;
  /** Where the tracer takes its ids from. */
  readonly ids: CallIds;
  /** The trace context of the invocation of the Functions host in which this runs, to be linked. */
  readonly invocation: () => string | null | undefined;
}

/** Spans and measurements through OpenTelemetry. */
export class CallTelemetry implements Telemetry {
  readonly #options: CallTelemetryOptions;
  readonly #current = new AsyncLocalStorage<TraceIds>();
  readonly #instruments = new Map<MetricName, Counter | Gauge | Histogram>();

  constructor(options: CallTelemetryOptions) {
    this.#options = options;
  }

  start({ name, kind, callKey, from, isRepeated = false, facts }: SpanStart): Span {
    const { tracer, invocation } = this.#options;
    const call = callTraceOf(callKey);
    const led = parseTraceparent(from);
    const isAbove = led?.traceId === call.traceId && !isRepeated;
    const current = this.#current.getStore();
    const inherited = current?.traceId === call.traceId ? current : call;
    // The host has its own trace of every invocation, in which it may take no part in deciding what is kept of a call.
    const hosted = kind === 'client' ? undefined : parseTraceparent(invocation());
    const linked = isAbove || led?.spanId === hosted?.spanId ? [hosted] : [led, hosted];
    const span = tracer.startSpan(
      name,
      {
        kind: KINDS[kind],
        attributes: { ...facts, 'ringback.call_key': callKey },
        links: linked.filter(ids => ids !== undefined).map(toLink),
      },
      below(isAbove ? led : inherited),
    );
    return {
      traceparent: traceparentOf(span),
      tell: told => void span.setAttributes(told),
      end: endOf(span),
    };
  }

  async inSpan<Result>(start: SpanStart, body: (span: Span) => Promise<Result>): Promise<Result> {
    const span = this.start(start);
    try {
      const result = await this.#current.run(
        parseTraceparent(span.traceparent) ?? callTraceOf(start.callKey),
        () => body(span),
      );
      span.end();
      return result;
    } catch (error) {
      span.end(error);
      throw error;
    }
  }

  callOpened(callKey: string, at: EventTime): void {
    const { ids, tracer } = this.#options;
    const attributes = { 'ringback.call_key': callKey };
    const startTime = Date.parse(at);
    // It stands for the call and lasts no time: when the call will have ended, nobody may be there who knows of it.
    ids.use(callTraceOf(callKey), () =>
      tracer.startSpan('call', { root: true, attributes, startTime }).end(startTime),
    );
  }

  measure({ metric, value, attributes = {} }: Measurement): void {
    const instrument = this.#instrument(metric);
    if ('add' in instrument) instrument.add(value, attributes);
    else instrument.record(value, attributes);
  }

  #instrument(name: MetricName): Counter | Gauge | Histogram {
    const known = this.#instruments.get(name);
    if (known !== undefined) return known;
    const made = makeInstrument(this.#options.meter, name);
    this.#instruments.set(name, made);
    return made;
  }
}

function makeInstrument(meter: Meter, name: MetricName): Counter | Gauge | Histogram {
  const { kind, unit, description } = METRICS[name];
  switch (kind) {
    case 'counter':
      return meter.createCounter(name, { unit, description });
    case 'gauge':
      return meter.createGauge(name, { unit, description });
    case 'histogram': {
      const advice = { explicitBucketBoundaries: BUCKETS_SECONDS };
      return meter.createHistogram(name, { unit, description, advice });
    }
  }
}

function toLink(ids: TraceIds): Link {
  return { context: { ...ids, traceFlags: TraceFlags.SAMPLED, isRemote: true } };
}

function below(ids: TraceIds): Context {
  return trace.setSpanContext(ROOT_CONTEXT, toLink(ids).context);
}

function traceparentOf(span: OtelSpan): string {
  const context = span.spanContext();
  return formatTraceparent(context, (context.traceFlags & TraceFlags.SAMPLED) !== 0);
}

/** Messages of errors can repeat what was sent: only the class is told. */
function endOf(span: OtelSpan): Span['end'] {
  return error => {
    if (error !== undefined) {
      span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  };
}

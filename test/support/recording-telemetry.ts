import {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import type { ReceivedSpan } from '../../local/trace/received-span.ts';
import { openTelemetry } from '../../shared/telemetry/open-telemetry/open-telemetry.ts';

/** Telemetry that keeps everything in memory. */
export function recordingTelemetry({
  tracedShare = 1,
  invocation = () => undefined as string | undefined,
} = {}) {
  const spans = new InMemorySpanExporter();
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 });
  const { telemetry, stop } = openTelemetry({
    serviceName: 'test',
    tracedShare,
    invocation,
    spanProcessors: [new SimpleSpanProcessor({ exporter: spans })],
    metricReaders: [reader],
  });
  return {
    telemetry,
    stop,
    spans: () => spans.getFinishedSpans().map(toReceived),
    /** The points of each metric by name. */
    async metrics() {
      metrics.reset();
      await reader.forceFlush();
      const scopes = metrics.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
      const all = scopes.flatMap(scope => scope.metrics);
      return new Map(all.map(({ descriptor, dataPoints }) => [descriptor.name, dataPoints]));
    },
  };
}

function toReceived(span: ReadableSpan): ReceivedSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    name: span.name,
    startNs: toNs(span.startTime),
    endNs: toNs(span.endTime),
    facts: Object.fromEntries(Object.entries(span.attributes).map(([key, value]) => [key, String(value)])),
    links: span.links.map(({ context }) => ({ traceId: context.traceId, spanId: context.spanId })),
  };
}

function toNs([seconds, nanos]: readonly [number, number]): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}

import { DiagLogLevel, diag } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import type { TelemetrySettings } from '../../config/telemetry-settings.ts';
import type { RunningTelemetry, TelemetrySurroundings } from '../running-telemetry.ts';
import { openTelemetry } from './open-telemetry.ts';

/** How long a span waits for others to go with it. What waits is lost with a process that dies. */
const SPANS_EVERY_MS = 1_000;
const METRICS_EVERY_MS = 60_000;
/** A receiver that fails does so with every batch: one line a minute says as much as all of them. */
const FAILURES_TOLD_EVERY_MS = 60_000;

/** Sends spans and measurements as OTLP over HTTP, in JSON. */
export function startOtlp(
  { endpoint, headers, serviceName, tracedShare }: TelemetrySettings,
  { invocation, onFailure }: TelemetrySurroundings,
): RunningTelemetry {
  tellFailures(onFailure);
  const base = endpoint.replace(/\/+$/, '');
  const traces = new OTLPTraceExporter({ url: `${base}/v1/traces`, headers });
  const metrics = new OTLPMetricExporter({ url: `${base}/v1/metrics`, headers });
  return openTelemetry({
    serviceName,
    tracedShare,
    invocation,
    spanProcessors: [new BatchSpanProcessor({ exporter: traces, scheduledDelayMillis: SPANS_EVERY_MS })],
    metricReaders: [
      new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: METRICS_EVERY_MS }),
    ],
  });
}

/** What the libraries say of a failure names the address, and may repeat what was sent: only that it happened is told. */
function tellFailures(onFailure: () => void): void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  const ignore = () => undefined;
  const error = () => {
    if (performance.now() - toldAtMs < FAILURES_TOLD_EVERY_MS) return;
    toldAtMs = performance.now();
    onFailure();
  };
  diag.setLogger({ error, warn: ignore, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.ERROR);
}

import type { Meter, Tracer } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { type IMetricReader, MeterProvider } from '@opentelemetry/sdk-metrics';
import { type SpanProcessor, TraceIdRatioBasedSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { newId } from '../../ids/new-id.ts';
import type { RunningTelemetry } from '../running-telemetry.ts';
import { CallIds } from './call-ids.ts';
import { CallTelemetry, type CallTelemetryOptions } from './call-telemetry.ts';

const SCOPE = 'ringback';

export interface OpenTelemetryOptions extends Pick<CallTelemetryOptions, 'invocation'> {
  readonly serviceName: string;
  /** Of all calls, how many are traced: from 0 to 1. By the trace's id, so that every process decides alike. */
  readonly tracedShare: number;
  readonly spanProcessors: SpanProcessor[];
  readonly metricReaders: IMetricReader[];
}

/**
 * Puts the parts of OpenTelemetry together. Nothing is registered globally, and nothing instrumented by itself: what is
 * told is what the app tells.
 */
export function openTelemetry(options: OpenTelemetryOptions): RunningTelemetry {
  const { serviceName, tracedShare, spanProcessors, metricReaders, invocation } = options;
  const resource = resourceFromAttributes({
    'service.name': serviceName,
    // Counters of several processes add up only where they can be told apart.
    'service.instance.id': newId(),
  });
  const ids = new CallIds();
  const sampler = new TraceIdRatioBasedSampler(tracedShare);
  const tracers = new TracerProvider({ resource, idGenerator: ids, sampler, spanProcessors });
  const meters = new MeterProvider({ resource, readers: metricReaders });
  const tracer: Tracer = tracers.getTracer(SCOPE);
  const meter: Meter = meters.getMeter(SCOPE);
  return {
    telemetry: new CallTelemetry({ tracer, meter, ids, invocation }),
    async stop() {
      await Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
    },
  };
}

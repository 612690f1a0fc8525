import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';
import { compose, type Services } from '../../shared/compose.ts';
import { readSettings } from '../../shared/config/settings.ts';
import { loadTelemetry } from '../../shared/telemetry/load-telemetry.ts';
import type { LogEvent } from '../../shared/telemetry/log-event.ts';
import { telemetryNotSent } from '../../shared/telemetry/log-events.ts';
import { maskNumbers } from '../../shared/telemetry/mask-numbers.ts';
import { measurementsOf } from '../../shared/telemetry/measurements.ts';
import type { RunningTelemetry } from '../../shared/telemetry/running-telemetry.ts';

const invocation = new AsyncLocalStorage<InvocationContext>();

let composed: Services | undefined;
let running: RunningTelemetry | undefined;

/**
 * Runs the body of a function with the services of this process, which are put together on first use; what it logs
 * belongs to the invocation.
 *
 * @throws SettingsError when a setting is missing or wrong.
 */
export function withServices<Result>(
  context: InvocationContext,
  body: (services: Services) => Promise<Result>,
): Promise<Result> {
  return invocation.run(context, () => body(servicesOfProcess()));
}

/** @throws SettingsError when a setting is missing or wrong. */
export function servicesOfProcess(): Services {
  composed ??= compose(log, readSettings(), running?.telemetry);
  return composed;
}

/**
 * To be called before anything else: what was put together before is not traced.
 *
 * @throws SettingsError when a setting is missing or wrong.
 */
export async function startTelemetry(): Promise<void> {
  running = await loadTelemetry(readSettings().telemetry, {
    invocation: () => invocation.getStore()?.traceContext?.traceParent,
    // What is sent later belongs to no invocation, though one may have set it off.
    onFailure: () => invocation.exit(() => log(telemetryNotSent())),
  });
}

/** Sends what still waits to be sent. */
export async function stopTelemetry(): Promise<void> {
  await running?.stop();
}

/** Logs for an invocation whose body has ended. */
export function logWithin(context: InvocationContext, event: LogEvent): void {
  invocation.run(context, () => log(event));
}

function log(event: LogEvent): void {
  for (const measurement of measurementsOf(event)) running?.telemetry.measure(measurement);
  const { level, ...told } = event;
  const line = maskNumbers(JSON.stringify(told));
  const context = invocation.getStore();
  if (context === undefined) console.log(line);
  else context[level](line);
}

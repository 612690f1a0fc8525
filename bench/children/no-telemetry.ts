import type { RunningTelemetry } from '../../shared/telemetry/running-telemetry.ts';
import { noTelemetry } from '../../shared/telemetry/telemetry.ts';

/** What the app starts where there is no telemetry to be loaded. */
export async function loadTelemetry(): Promise<RunningTelemetry> {
  return { telemetry: noTelemetry, async stop() {} };
}

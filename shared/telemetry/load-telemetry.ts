import type { TelemetrySettings } from '../config/telemetry-settings.ts';
import type { RunningTelemetry, TelemetrySurroundings } from './running-telemetry.ts';
import { noTelemetry } from './telemetry.ts';

/** Starts what the settings ask for. Where they ask for nothing, nothing of OpenTelemetry is so much as loaded. */
export async function loadTelemetry(
  settings: TelemetrySettings | undefined,
  surroundings: TelemetrySurroundings,
): Promise<RunningTelemetry> {
  if (settings === undefined) return { telemetry: noTelemetry, async stop() {} };
  const { startOtlp } = await import('./open-telemetry/start-otlp.ts');
  return startOtlp(settings, surroundings);
}

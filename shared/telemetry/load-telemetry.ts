import type { TelemetrySettings } from '../config/telemetry-settings.ts';
import { noTelemetry, type Telemetry } from './telemetry.ts';

/** Telemetry that runs until it is stopped. */
export interface RunningTelemetry {
  readonly telemetry: Telemetry;
  /** Sends what still waits, and ends. Never fails. */
  stop(): Promise<void>;
}

/** What telemetry needs of what is around it. */
export interface TelemetrySurroundings {
  /** The trace context that the Functions host gives the invocation in which this is called. */
  readonly invocation: () => string | null | undefined;
  /** Something could not be sent, and is lost. */
  readonly onFailure: () => void;
}

/** Starts what the settings ask for. Where they ask for nothing, nothing of OpenTelemetry is so much as loaded. */
export async function loadTelemetry(
  settings: TelemetrySettings | undefined,
  surroundings: TelemetrySurroundings,
): Promise<RunningTelemetry> {
  if (settings === undefined) return { telemetry: noTelemetry, async stop() {} };
  const { startOtlp } = await import('./open-telemetry/start-otlp.ts');
  return startOtlp(settings, surroundings);
}

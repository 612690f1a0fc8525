import type { Telemetry } from './telemetry.ts';

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

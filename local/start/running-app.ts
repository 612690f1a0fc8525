import type { HostFunction } from '../host/function-catalog.ts';

/** The app, running under one host or the other. */
export interface RunningApp {
  /** Undefined when the host prints its functions itself. */
  readonly functions: readonly HostFunction[] | undefined;
  /** Resolves, with how, when the app ends by itself. */
  readonly ended: Promise<string>;
  /** Lets what is under way finish and ends the app. */
  stop(): Promise<void>;
}

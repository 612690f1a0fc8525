import type { TypedData } from './typed-data.ts';

/** What the host remembers of a timer between its runs; times are ISO text in UTC. */
export interface TimerStatus {
  /** When it last ran; the year 1 when it never has. */
  readonly last: string;
  /** When it is due next. */
  readonly next: string;
  readonly lastUpdated: string;
}

/** What a timer's handler is told; without a status there is no monitor. */
export interface TimerRun {
  readonly status: TimerStatus | undefined;
  readonly isPastDue: boolean;
}

/** Writes a timer's input as the host does; the library turns the names to camel case. */
export function createTimerData({ status, isPastDue }: TimerRun): TypedData {
  return {
    json: JSON.stringify({
      Schedule: { AdjustForDST: true },
      ScheduleStatus:
        status === undefined
          ? null
          : { Last: status.last, Next: status.next, LastUpdated: status.lastUpdated },
      IsPastDue: isPastDue,
    }),
  };
}

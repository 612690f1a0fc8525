/** One line of the log: what happened, under an id that stays the same, with its facts as fields. */
export interface LogEvent {
  readonly id: number;
  readonly name: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

/** Where log events go. */
export type Log = (event: LogEvent) => void;

/** What a value is to stay within. */
export type Bar = { readonly atMost: number } | { readonly atLeast: number };

/** One line of the table: a number with the runs that it is the median of. */
export interface Reading {
  readonly name: string;
  /** `''` for a ratio or a count. */
  readonly unit: string;
  /** One number a repeat. */
  readonly runs: readonly number[];
  /** Left out where the number is for information only. */
  readonly bar?: Bar;
}

/** What every measure is given. */
interface MeasureContext {
  /** How often to measure; the table shows the median. */
  readonly repeat: number;
  /** Says on the console how far the run is. */
  progress(text: string): void;
}

/** One file of `measures/`: its name on the command line, and how it is run. */
export interface Measure {
  readonly name: string;
  /** @throws Error when the system under test came to a wrong result; never for being slow. */
  run(context: MeasureContext): Promise<Reading[]>;
}

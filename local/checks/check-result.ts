/** What one check found. */
export interface CheckResult {
  /** Whether it is as it must be: `warn` does not keep anything from running, `fail` does. */
  readonly level: 'ok' | 'warn' | 'fail';
  /** What was found, in one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly fix?: string;
}

/** Writes a result as one line: `ok`, `warn` or `fail`, the finding, and what to do. */
export function formatCheck({ level, message, fix }: CheckResult): string {
  return `${level.padEnd(4)}  ${message}${fix === undefined ? '' : ` ${fix}`}`;
}

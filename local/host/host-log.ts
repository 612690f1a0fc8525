/** As the Functions worker names them, the least important first. */
const LOG_LEVELS = ['trace', 'debug', 'information', 'warning', 'error', 'critical'] as const;

/** How important a log line is. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of the local host, of the app's own `context.log`, or of what the app prints. */
export interface HostLogEntry {
  readonly level: LogLevel;
  readonly message: string;
  readonly functionName?: string | undefined;
  readonly invocationId?: string | undefined;
}

/** Takes what is logged. It must not throw; request URLs never reach it. */
export type HostLog = (entry: HostLogEntry) => void;

/** Makes a log that writes entries from a level upwards as plain lines: time, level unless it is information, function, message. */
export function lineLog(minimum: LogLevel, write: (line: string) => void): HostLog {
  return entry => {
    if (LOG_LEVELS.indexOf(entry.level) < LOG_LEVELS.indexOf(minimum)) return;
    const time = new Date().toISOString().slice(11, 23);
    const level = entry.level === 'information' ? '' : `${entry.level.toUpperCase()} `;
    const source = entry.functionName === undefined ? '' : `[${entry.functionName}] `;
    write(`${time} ${level}${source}${entry.message}`);
  };
}

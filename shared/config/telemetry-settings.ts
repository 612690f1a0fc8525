/** Where spans and measurements go. */
export interface TelemetrySettings {
  /** Of OTLP over HTTP, without the path of a signal. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  /** Of all calls, how many are traced: from 0 to 1. */
  readonly tracedShare: number;
}

/** A header's name; what may stand in one by RFC 9110. */
const NAME = /^[!#$%&'*+\-.^`|~\w]+$/;

/**
 * Reads headers in the form of OpenTelemetry's own settings, `name=value,name=value` with percent-encoded values;
 * undefined where the text has another.
 */
export function readHeaders(text: string): Readonly<Record<string, string>> | undefined {
  const headers: Record<string, string> = {};
  for (const part of text.split(',').filter(some => some.trim() !== '')) {
    const [, name, value] = /^\s*([^=\s]+)\s*=(.*)$/.exec(part) ?? [];
    const decoded = decode(value?.trim());
    if (name === undefined || !NAME.test(name) || decoded === undefined) return undefined;
    headers[name] = decoded;
  }
  return headers;
}

function decode(value: string | undefined): string | undefined {
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    // A % that is no encoding.
    return undefined;
  }
}

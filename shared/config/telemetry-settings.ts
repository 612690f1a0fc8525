import { text, type ValuesOf, wholeNumber } from './setting.ts';
import { isWebAddress } from './web-address.ts';

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
function readHeaders(text: string): Readonly<Record<string, string>> | undefined {
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

/** The settings of telemetry, as they are in the environment. */
export const telemetryFields = {
  OTEL_EXPORTER_OTLP_ENDPOINT: text(
    {
      what: 'Where traces and metrics go, as OTLP over HTTP; `/v1/traces` and `/v1/metrics` are put behind it. The host reads it too.',
      expected: 'an http or https address',
      example: 'https://collector.example.com:4318',
      otherwise: 'nothing is traced or measured; the log is as it is',
    },
    isWebAddress,
  ),
  OTEL_EXPORTER_OTLP_HEADERS: text(
    {
      what: 'What the receiver of traces and metrics asks for, such as its key. The host reads it too.',
      expected: 'names and percent-encoded values, as name=value,name=value',
      example: 'api-key=123456',
      otherwise: 'no headers of its own',
    },
    value => readHeaders(value) !== undefined,
  ),
  OTEL_SERVICE_NAME: text({
    what: 'By which name the app goes in traces and metrics.',
    expected: 'a name',
    example: 'ringback',
    otherwise: 'ringback',
  }),
  TRACED_CALLS_PERCENT: wholeNumber(
    { from: 0, to: 100, otherwise: 100 },
    'Of a hundred calls, how many are traced: each whole, or not at all.',
  ),
};

type Parsed = ValuesOf<typeof telemetryFields>;

/** Undefined where nothing is to be traced or measured. */
export function readTelemetry(data: Parsed): TelemetrySettings | undefined {
  const endpoint = data.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return undefined;
  return {
    endpoint,
    headers: readHeaders(data.OTEL_EXPORTER_OTLP_HEADERS ?? '') ?? {},
    serviceName: data.OTEL_SERVICE_NAME ?? 'ringback',
    tracedShare: data.TRACED_CALLS_PERCENT / 100,
  };
}

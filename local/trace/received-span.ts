import * as z from 'zod';

/** A span as somebody sent it. Times are nanoseconds since 1970. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly facts: Readonly<Record<string, string>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

const attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });

const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.union([z.string(), z.number()]),
  endTimeUnixNano: z.union([z.string(), z.number()]),
  attributes: z.array(attribute).default([]),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
});

const request = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span).default([]) })) })),
});

/**
 * Reads what is posted to `/v1/traces` as OTLP in JSON.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 * @throws ZodError for what is none.
 */
export function readSpans(json: unknown): ReceivedSpan[] {
  const { resourceSpans } = request.parse(json);
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(scope => scope.spans));
  return spans.map(({ parentSpanId, startTimeUnixNano, endTimeUnixNano, attributes, ...rest }) => ({
    ...rest,
    parentSpanId: parentSpanId === '' ? undefined : parentSpanId,
    startNs: BigInt(startTimeUnixNano),
    endNs: BigInt(endTimeUnixNano),
    facts: Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])])),
  }));
}

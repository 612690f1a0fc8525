import type { ReceivedSpan } from './received-span.ts';

/**
 * What is wrong with the spans of one call: they are not one trace with one span at its top, or a span stands below
 * one that is missing. Empty for a trace that hangs together.
 */
export function traceFaults(spans: readonly ReceivedSpan[]): string[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const traces = new Set(spans.map(({ traceId }) => traceId));
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  const orphans = spans.filter(({ parentSpanId }) => parentSpanId !== undefined && !ids.has(parentSpanId));
  const dangling = spans.flatMap(({ name, links }) =>
    links.filter(({ traceId, spanId }) => traces.has(traceId) && !ids.has(spanId)).map(() => name),
  );
  return [
    ...(ids.size === spans.length ? [] : ['a span was sent twice']),
    ...(traces.size === 1 ? [] : [`${traces.size} traces`]),
    ...(roots.length === 1 ? [] : [`${roots.length} spans at the top`]),
    ...orphans.map(({ name }) => `orphan: ${name}`),
    ...dangling.map(name => `link to nothing: ${name}`),
  ];
}

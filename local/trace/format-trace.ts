import type { ReceivedSpan } from './received-span.ts';

const CALL_KEY = 'ringback.call_key';

/** One trace as a tree, a line for each span: when it began after the first, how long it took, and its facts. */
export function formatTrace(spans: readonly ReceivedSpan[]): string {
  const sorted = spans.toSorted((a, b) => Number(a.startNs - b.startNs));
  const first = sorted[0];
  if (first === undefined) return '';
  const known = new Set(sorted.map(({ spanId }) => spanId));
  const below = (parent: string) => sorted.filter(({ parentSpanId }) => parentSpanId === parent);
  const lines: string[] = [`trace ${first.traceId}, call ${first.facts[CALL_KEY] ?? 'unknown'}`];

  const add = (span: ReceivedSpan, indent: string, isLast: boolean) => {
    lines.push(`${indent}${isLast ? '└─' : '├─'} ${describe(span, first.startNs)}`);
    const children = below(span.spanId);
    const inner = `${indent}${isLast ? '   ' : '│  '}`;
    for (const [index, child] of children.entries()) add(child, inner, index === children.length - 1);
  };
  const roots = sorted.filter(({ parentSpanId }) => parentSpanId === undefined || !known.has(parentSpanId));
  for (const [index, root] of roots.entries()) add(root, '', index === roots.length - 1);
  return lines.join('\n');
}

function describe({ name, startNs, endNs, facts, links, traceId }: ReceivedSpan, fromNs: bigint): string {
  const told = Object.entries(facts)
    .filter(([key]) => key !== CALL_KEY)
    .map(([key, value]) => `${key.replace(/^ringback\./, '')}=${value}`);
  const again = links.filter(link => link.traceId === traceId).map(link => `again after ${link.spanId}`);
  return [name, `+${ms(startNs - fromNs)}`, ms(endNs - startNs), ...told, ...again].join('  ');
}

function ms(ns: bigint): string {
  return `${(Number(ns) / 1e6).toFixed(1)} ms`;
}

import { describe, expect, it } from 'vitest';
import { formatTrace } from '../../../../local/trace/format-trace.ts';
import { type ReceivedSpan, readSpans } from '../../../../local/trace/received-span.ts';
import { traceFaults } from '../../../../local/trace/trace-faults.ts';

const TRACE_ID = 'ea24a761d8623fe3afb040c1a7f4c720';

function span(
  spanId: string,
  parentSpanId: string | undefined,
  more: Partial<ReceivedSpan> = {},
): ReceivedSpan {
  const startNs = BigInt(Number(spanId) * 1_000_000);
  return {
    traceId: TRACE_ID,
    spanId,
    parentSpanId,
    name: `span ${spanId}`,
    startNs,
    endNs: startNs + 500_000n,
    facts: { 'ringback.call_key': 'c1' },
    links: [],
    ...more,
  };
}

describe('formatTrace', () => {
  it('draws what stands below what, in the order of their beginnings', () => {
    const spans = [
      span('4', '2', { facts: { 'ringback.action.kind': 'hangUp' } }),
      span('1', undefined),
      span('3', '1', { links: [{ traceId: TRACE_ID, spanId: '2' }] }),
      span('2', '1'),
    ];

    expect(formatTrace(spans)).toBe(
      [
        `trace ${TRACE_ID}, call c1`,
        '└─ span 1  +0.0 ms  0.5 ms',
        '   ├─ span 2  +1.0 ms  0.5 ms',
        '   │  └─ span 4  +3.0 ms  0.5 ms  action.kind=hangUp',
        '   └─ span 3  +2.0 ms  0.5 ms  again after 2',
      ].join('\n'),
    );
  });

  it('shows spans at the top whose parent did not come', () => {
    expect(formatTrace([span('2', '1'), span('3', '2')])).toContain('└─ span 2');
  });
});

describe('traceFaults', () => {
  it.each([
    ['nothing', [span('1', undefined), span('2', '1')], []],
    ['an orphan', [span('1', undefined), span('3', '2')], ['orphan: span 3']],
    ['two tops', [span('1', undefined), span('2', undefined)], ['2 spans at the top']],
    ['two traces', [span('1', undefined), span('2', '1', { traceId: 'other' })], ['2 traces']],
    ['a span twice', [span('1', undefined), span('2', '1'), span('2', '1')], ['a span was sent twice']],
    [
      'a link to nothing',
      [span('1', undefined, { links: [{ traceId: TRACE_ID, spanId: '9' }] })],
      ['link to nothing: span 1'],
    ],
  ])('finds %s', (_, spans, faults) => {
    expect(traceFaults(spans)).toEqual(faults);
  });
});

describe('readSpans', () => {
  it('reads OTLP in JSON', () => {
    const sent = {
      traceId: TRACE_ID,
      spanId: '1',
      parentSpanId: '',
      name: 'call',
      startTimeUnixNano: '1000000',
      endTimeUnixNano: '1500000',
      attributes: [
        { key: 'ringback.call_key', value: { stringValue: 'c1' } },
        { key: 'n', value: { intValue: 3 } },
      ],
    };

    expect(readSpans({ resourceSpans: [{ scopeSpans: [{ spans: [sent] }] }] })).toEqual([
      span('1', undefined, { name: 'call', facts: { 'ringback.call_key': 'c1', n: '3' } }),
    ]);
  });

  it('throws for what is none', () => {
    expect(() => readSpans({ spans: [] })).toThrow();
  });
});

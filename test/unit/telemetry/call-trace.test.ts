import { describe, expect, it } from 'vitest';
import { callTraceOf, formatTraceparent, parseTraceparent } from '../../../shared/telemetry/call-trace.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';

describe('callTraceOf', () => {
  it('gives a call the same ids everywhere, and another call others', () => {
    expect(callTraceOf('c1')).toEqual(callTraceOf('c1'));
    expect(callTraceOf('c1').traceId).not.toBe(callTraceOf('c2').traceId);
    expect(callTraceOf('c1').traceId).toMatch(/^[\da-f]{32}$/);
    expect(callTraceOf('c1').spanId).toMatch(/^[\da-f]{16}$/);
  });
});

describe('parseTraceparent', () => {
  it.each([true, false])('reads what formatTraceparent wrote, sampled or not', isSampled => {
    const ids = { traceId: TRACE_ID, spanId: SPAN_ID };

    expect(parseTraceparent(formatTraceparent(ids, isSampled))).toEqual(ids);
  });

  it.each([
    null,
    undefined,
    '',
    `00-${TRACE_ID}-${SPAN_ID}`,
    `00-${'0'.repeat(32)}-${SPAN_ID}-01`,
    `00-${TRACE_ID}-${'0'.repeat(16)}-01`,
    `00-${TRACE_ID.toUpperCase()}-${SPAN_ID}-01`,
    `ff-${TRACE_ID}-${SPAN_ID}-01`,
  ])('takes %j for none', text => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { DemoRow, ShownCall } from '../../../../local/demo/demo-row.ts';
import { formatRow, formatSummary } from '../../../../local/demo/format-rows.ts';

const over: ShownCall = {
  callKey: 'c1',
  state: 'disconnected',
  outcome: 'answered',
  participants: [],
  tones: [],
  flow: { state: 'over', status: 'done', result: { answer: null } },
  actions: [],
};
const row = (call: Partial<ShownCall>, attempt = 1): DemoRow => ({
  who: '+14255550101',
  does: 'presses 1',
  flow: 'reminder',
  attempt,
  call: { ...over, ...call },
});
const confirmed = { flow: { state: 'over', status: 'done', result: { answer: 'confirmed' } } };

describe('formatSummary', () => {
  it('counts what the flow came to where somebody answered, and else what the call came to', () => {
    const rows = [confirmed, confirmed, {}, { outcome: 'busy' }, { outcome: 'no-answer' }].map(call =>
      row(call),
    );

    expect(formatSummary(rows)).toEqual(['reminder  2 confirmed, 1 nothing chosen, 1 busy, 1 no-answer']);
  });
});

describe('formatRow', () => {
  it('says of a call that nothing was heard of yet that it is asked for', () => {
    const active = { state: 'ringing', status: 'active', result: null };
    const line = formatRow(row({ state: 'unknown', outcome: null, flow: active }, 2));

    expect(line).toBe('reminder → +14255550101 (presses 1): asked for (call 2), ringing');
  });
});

import { describe, expect, it } from 'vitest';
import { FLOWS } from '../../../../flows/registry.ts';
import { checkFlow } from '../../../../shared/flows/checking/check-flow.ts';
import { DRAWN, GOOD } from '../../../bad-flows/drawn.ts';
import { HIDDEN } from '../../../bad-flows/hidden.ts';
import { RUN } from '../../../bad-flows/run.ts';
import { testFlow } from '../../../support/test-flow.ts';

const BAD = [...DRAWN, ...RUN, ...HIDDEN];

describe('checkFlow', () => {
  it.each(BAD)('finds $what', ({ flow, rule, where, says }) => {
    const findings = checkFlow(flow);

    expect(
      findings.map(finding => finding.rule),
      'nothing else',
    ).toEqual(findings.map(() => rule));
    expect(findings[0]).toMatchObject({ rule, where });
    expect(findings[0]?.message).toMatch(says);
  });

  it('has a corpus that earns each message at least once', () => {
    expect(BAD.length).toBeGreaterThanOrEqual(20);
    expect(new Set(BAD.map(({ says }) => String(says))).size).toBe(BAD.length);
  });

  it.each(GOOD.map((flow, index) => ({ flow, index })))(
    'finds nothing wrong with good flow $index',
    ({ flow }) => {
      expect(checkFlow(flow)).toEqual([]);
    },
  );

  it.each(FLOWS)('finds nothing wrong with $name', flow => {
    expect(checkFlow(flow)).toEqual([]);
  });

  it('finds what the flow of other tests does not declare', () => {
    expect(checkFlow(testFlow).map(({ rule }) => rule)).toContain('endless');
  });
});

import { describe, expect, it } from 'vitest';
import { judgeFindings, readFindings } from '../../../scripts/infra/findings.ts';

const SARIF = JSON.stringify({
  runs: [
    {
      results: [
        {
          ruleId: 'BCP037',
          message: { text: 'not allowed' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'file:///app/infra/modules/storage.bicep' },
                region: { startLine: 7, charOffset: 3 },
              },
            },
          ],
        },
      ],
    },
  ],
});

const FOUND = {
  rule: 'BCP037',
  file: 'file:///app/infra/modules/storage.bicep',
  line: 7,
  text: 'warning: not allowed',
};

describe('readFindings', () => {
  it('reads where each finding is, and counts one without a level as a warning', () => {
    expect(readFindings(SARIF)).toEqual([FOUND]);
  });
});

describe('judgeFindings', () => {
  it.each([
    { name: 'refuses what nobody allowed', allowed: [], refused: [FOUND], unused: [] },
    {
      name: 'lets pass what is allowed by rule and file',
      allowed: [{ rule: 'BCP037', file: 'storage.bicep', because: 'of a test' }],
      refused: [],
      unused: [],
    },
    {
      name: 'tells of an allowance that nothing needs',
      allowed: [{ rule: 'BCP037', file: 'other.bicep', because: 'of a test' }],
      refused: [FOUND],
      unused: [{ rule: 'BCP037', file: 'other.bicep', because: 'of a test' }],
    },
  ])('$name', ({ allowed, refused, unused }) => {
    expect(judgeFindings([FOUND], allowed)).toEqual({ refused, unused });
  });
});

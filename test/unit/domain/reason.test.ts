import { describe, expect, it } from 'vitest';
import type { ResultInfo } from '../../../shared/domain/call-event.ts';
import { explain } from '../../../shared/domain/reason.ts';
import { REASON_RULES, type ReasonClass, type RetryAdvice } from '../../../shared/domain/reason-codes.ts';

type Code = number | null;

/** The documented codes line by line, each pair with every subcode of its line; null is a code that does not matter. */
const DOCUMENTED: readonly (readonly [
  line: string,
  codes: readonly (readonly [code: Code, ...subcodes: number[]])[],
  reasonClass: ReasonClass,
  retry: RetryAdvice,
])[] = [
  [
    'normal end',
    [
      [200, 0],
      [0, 0],
    ],
    'ok',
    'none',
  ],
  ['ended by the application', [[null, 7000]], 'ok', 'none'],
  [
    'hung up on the telephone',
    [
      [0, 560000, 540000],
      [200, 560000, 540000],
    ],
    'ok',
    'none',
  ],
  ['removed by another participant', [[0, 5000, 5300]], 'ok', 'none'],
  ['ended for everybody by the organiser', [[0, 4097]], 'ok', 'none'],
  ['client gone', [[0, 4521]], 'dropped', 'none'],
  ['cancelled before an answer', [[487, 0, 540487, 560487]], 'cancelled', 'none'],
  [
    'no answer in time',
    [
      [487, 10004],
      [408, 4506],
      [480, 560480],
      [408, 560408],
      [null, 8541, 8587],
    ],
    'no-answer',
    'later',
  ],
  ['answered elsewhere', [[487, 10003]], 'ok', 'none'],
  [
    'busy',
    [
      [486, 560486, 540486],
      [null, 8539, 8540],
    ],
    'busy',
    'soon',
  ],
  [
    'declined',
    [
      [603, 0, 560603],
      [487, 10024],
      [0, 5003],
      [null, 8538],
    ],
    'declined',
    'never',
  ],
  [
    'no endpoint online',
    [
      [480, 10037, 10076, 10077, 10078],
      [null, 8544],
    ],
    'unreachable',
    'later',
  ],
  [
    'number unknown or malformed',
    [
      [404, 560404, 511404],
      [484, 560484],
    ],
    'bad-number',
    'never',
  ],
  ['refused by the network', [[403, 560403]], 'blocked', 'never'],
  ['caller id missing or not allowed', [[403, 510403]], 'config', 'fix'],
  ['trunk not configured', [[403, 511532]], 'config', 'fix'],
  [
    'media or network failure',
    [
      [408, 10057],
      [410, 3100, 3101, 3111, 3112, 301004, 301005, 531004],
      [496, 7],
      [490, 4502],
    ],
    'network',
    'soon',
  ],
  [
    'invalid token on the client',
    [
      [495, 4507],
      [401, 10009],
    ],
    'auth',
    'fix',
  ],
  [
    'service error',
    [
      [408, 500001],
      [500, 560500, 8518, 9001, 9002, 9998, 9999],
      [503, 560503, 8518, 9001, 9002, 9998, 9999],
    ],
    'service',
    'soon',
  ],
  [
    'throttled',
    [
      [null, 8516, 8529, 8530],
      [429, 0, 12345],
    ],
    'throttled',
    'back-off',
  ],
  [
    'call not established, over or gone',
    [
      [400, 8501, 8528, 8585],
      [404, 8522, 8543],
    ],
    'stale-action',
    'none',
  ],
  [
    'conflicting operation',
    [
      [409, 8519, 8571, 8607],
      [400, 8500],
      [412, 8583],
      [null, 8553, 8559],
    ],
    'conflict',
    'once',
  ],
  [
    'invalid or unsupported request',
    [
      [400, 8523],
      [405, 8520],
      [null, 8546, 8582],
    ],
    'bug',
    'never',
  ],
  [
    'permission, identity or Cognitive Services set-up',
    [
      [403, 7504, 7507],
      [null, 7500, 7505, 7509, 7600, 7603, 7609],
      [400, 8567, 8568],
    ],
    'config',
    'fix',
  ],
  ['operation cancelled', [[null, 8508]], 'cancelled', 'none'],
  ['initial silence', [[null, 8510]], 'no-input', 're-ask'],
  ['silence between digits', [[null, 8532]], 'no-input', 're-ask'],
  ['prompt failed', [[null, 8511]], 'media', 're-ask'],
  ['wrong tone, no option, speech not recognised', [[null, 8534, 8547, 8563]], 'bad-input', 're-ask'],
  ['input collected', [[null, 8531, 8514, 8533, 8545, 8569]], 'ok', 'none'],
  ['bad audio format', [[null, 8535]], 'media', 'fix'],
  ['audio not available', [[null, 8536, 8565, 8570, 8572]], 'media', 'once'],
  ['transcription or streaming failed', [[null, 8578, 8579, 8580, 8581, 8603, 8604]], 'media', 'once'],
];

const SINGLE = DOCUMENTED.flatMap(([line, codes, reasonClass, retry]) =>
  codes.flatMap(([code, ...subcodes]) =>
    subcodes.map(subcode => ({ line, code, subcode, reasonClass, retry })),
  ),
);

describe('explain', () => {
  it.each(SINGLE)('takes $code/$subcode for $line', ({ code, subcode, reasonClass, retry }) => {
    const codes = code === null ? [null, 0, 200, 400, 500] : [code];

    const reasons = codes.map(each => explain({ code: each, subcode, message: null }));

    expect(reasons).toMatchObject(codes.map(() => ({ class: reasonClass, retry })));
  });

  it.each<readonly [Code, Code, ReasonClass, RetryAdvice]>([
    [0, 560486, 'busy', 'soon'],
    [500, 560600, 'busy', 'soon'],
    [null, 560603, 'declined', 'never'],
    [404, 540404, 'bad-number', 'never'],
    [0, 560487, 'cancelled', 'none'],
    [410, 560410, 'unreachable', 'later'],
    [488, 560488, 'unreachable', 'later'],
    [502, 560502, 'service', 'later'],
    [606, 560606, 'service', 'later'],
    [487, 560000, 'ok', 'none'],
  ])('decodes the SIP status of the carrier in %j/%j', (code, subcode, reasonClass, retry) => {
    expect(explain({ code, subcode, message: null })).toMatchObject({ class: reasonClass, retry });
  });

  it.each<readonly [Code, Code, ReasonClass, RetryAdvice]>([
    [200, 4242, 'ok', 'none'],
    [204, null, 'ok', 'none'],
    [486, 4242, 'busy', 'soon'],
    [603, null, 'declined', 'never'],
    [480, null, 'unreachable', 'later'],
    [429, null, 'throttled', 'back-off'],
    [500, 4242, 'service', 'soon'],
    [599, null, 'service', 'soon'],
    [400, 4242, 'unknown', 'later'],
    [300, null, 'unknown', 'later'],
    [0, 4242, 'unknown', 'later'],
    [0, null, 'unknown', 'later'],
    [null, 0, 'unknown', 'later'],
    [400, 550486, 'unknown', 'later'],
    [400, 56048, 'unknown', 'later'],
    [400, -560486, 'unknown', 'later'],
  ])('goes by the code where the subcode is not known: %j/%j', (code, subcode, reasonClass, retry) => {
    expect(explain({ code, subcode, message: null })).toMatchObject({ class: reasonClass, retry });
  });

  it.each<readonly [Partial<ResultInfo>, ReasonClass]>([
    [{ sipCode: 486 }, 'busy'],
    [{ q850Code: 17 }, 'busy'],
    [{ sipCode: 603, q850Code: 17 }, 'declined'],
    [{ sipCode: 299, q850Code: 19 }, 'no-answer'],
    [{ code: 400, subcode: 4242, q850Code: 1 }, 'bad-number'],
    [{ code: 480, subcode: 10037, sipCode: 486 }, 'unreachable'],
    [{ code: 500, sipCode: 299, q850Code: 127 }, 'service'],
  ])('goes by what the telephone network said where no subcode is known: %j', (told, reasonClass) => {
    const result = { code: null, subcode: null, message: null, ...told };

    expect(explain(result)).toMatchObject({ class: reasonClass });
  });

  it.each([[null], [{ code: null, subcode: null, message: 'It broke.' }]])('knows nothing of %j', result => {
    expect(explain(result)).toBeNull();
  });

  it('says each reason in one sentence', () => {
    for (const { code, subcode } of SINGLE) {
      expect(explain({ code, subcode, message: null })?.text).toMatch(/^[A-Z][^\n]*\.$/);
    }
  });
});

describe('REASON_RULES', () => {
  it('explains no code twice', () => {
    const keys = REASON_RULES.flatMap(([matches]) => matches.map(match => match.join('/')));

    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

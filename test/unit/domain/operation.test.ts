import { describe, expect, it } from 'vitest';
import { addReport, type Operation, type OperationReport } from '../../../shared/domain/operation.ts';
import { atSecond } from '../../support/call-events.ts';

const OK = { code: 200, subcode: 0, message: 'Done.' };
const CANCELLED = { code: 400, subcode: 8508, message: 'Cancelled.' };
const BUSY = { code: 486, subcode: 8539, message: 'Busy.' };

function report(
  status: OperationReport['status'],
  second: number,
  rest: Partial<OperationReport> = {},
): OperationReport {
  return {
    kind: 'playAudio',
    operationContext: 'o1',
    participants: [],
    result: null,
    ...rest,
    status,
    at: atSecond(second),
  };
}

function operations(reports: readonly OperationReport[]): readonly Operation[] {
  return reports.reduce<readonly Operation[]>(addReport, []);
}

const NO_RESULT = { code: null, subcode: null, message: null };

describe('addReport', () => {
  it.each<{ readonly name: string; readonly reports: readonly OperationReport[]; readonly expected: object }>(
    [
      {
        name: 'runs',
        reports: [report('running', 1)],
        expected: { status: 'running', startedAt: atSecond(1), endedAt: null, ...NO_RESULT },
      },
      {
        name: 'runs, told twice',
        reports: [report('running', 2), report('running', 1)],
        expected: { status: 'running', startedAt: atSecond(1), endedAt: null, ...NO_RESULT },
      },
      {
        name: 'runs, with a result that says nothing yet',
        reports: [report('running', 1, { result: OK })],
        expected: { status: 'running', startedAt: atSecond(1), endedAt: null, ...NO_RESULT },
      },
      {
        name: 'ran and was completed',
        reports: [report('running', 1), report('completed', 5, { result: OK })],
        expected: { status: 'completed', startedAt: atSecond(1), endedAt: atSecond(5), ...OK },
      },
      {
        name: 'was completed, by its times, before it ran',
        reports: [report('completed', 1), report('running', 5)],
        expected: { status: 'completed', startedAt: atSecond(5), endedAt: atSecond(1), ...NO_RESULT },
      },
      {
        name: 'was completed before it was cancelled',
        reports: [report('completed', 4, { result: OK }), report('canceled', 5, { result: CANCELLED })],
        expected: { status: 'completed', startedAt: null, endedAt: atSecond(4), ...OK },
      },
      {
        name: 'was cancelled before it failed',
        reports: [report('canceled', 4, { result: CANCELLED }), report('failed', 5, { result: BUSY })],
        expected: { status: 'canceled', startedAt: null, endedAt: atSecond(4), ...CANCELLED },
      },
      {
        name: 'was completed and cancelled at one time: cancelled',
        reports: [report('completed', 5, { result: OK }), report('canceled', 5, { result: CANCELLED })],
        expected: { status: 'canceled', startedAt: null, endedAt: atSecond(5), ...CANCELLED },
      },
      {
        name: 'was completed and failed at one time: failed',
        reports: [report('completed', 5, { result: OK }), report('failed', 5, { result: BUSY })],
        expected: { status: 'failed', startedAt: null, endedAt: atSecond(5), ...BUSY },
      },
      {
        name: 'was cancelled and failed at one time: cancelled',
        reports: [report('failed', 5, { result: BUSY }), report('canceled', 5)],
        expected: { status: 'canceled', startedAt: null, endedAt: atSecond(5), ...NO_RESULT },
      },
      {
        name: 'failed twice at one time: the lower code',
        reports: [
          report('failed', 5, { result: BUSY }),
          report('failed', 5, { result: { ...BUSY, code: 408 } }),
        ],
        expected: { status: 'failed', startedAt: null, endedAt: atSecond(5), ...BUSY, code: 408 },
      },
    ],
  )('tells how an operation $name', ({ reports, expected }) => {
    const operation = { kind: 'playAudio', operationContext: 'o1', ...expected, participants: [] };

    expect(operations(reports)).toStrictEqual([operation]);
    expect(operations(reports.toReversed())).toStrictEqual([operation]);
    expect(operations([...reports, ...reports])).toStrictEqual([operation]);
  });

  it('keeps operations by kind and operationContext, those without one apart', () => {
    const reports = [
      report('running', 1),
      report('running', 2, { operationContext: null }),
      report('running', 3, { kind: 'addParticipants' }),
      report('running', 4, { operationContext: 'o0' }),
    ];

    const kept = operations(reports);

    expect(kept.map(({ kind, operationContext }) => [kind, operationContext])).toEqual([
      ['addParticipants', 'o1'],
      ['playAudio', null],
      ['playAudio', 'o0'],
      ['playAudio', 'o1'],
    ]);
    expect(operations(reports.toReversed())).toStrictEqual(kept);
  });

  it('tells how an invitation of several went for each', () => {
    const invitation = { kind: 'addParticipants', operationContext: 'o1' } as const;
    const reports = [
      report('running', 1, { ...invitation, participants: ['ben', 'ann'] }),
      report('completed', 3, { ...invitation, participants: ['ben'], result: OK }),
      report('failed', 4, { ...invitation, participants: ['ann', 'cid'], result: BUSY }),
    ];
    const ran = { startedAt: atSecond(1) };

    const kept = operations(reports);

    expect(kept).toStrictEqual([
      {
        ...invitation,
        status: 'completed',
        ...ran,
        endedAt: atSecond(3),
        ...OK,
        participants: [
          { rawId: 'ann', status: 'failed', ...ran, endedAt: atSecond(4), ...BUSY },
          { rawId: 'ben', status: 'completed', ...ran, endedAt: atSecond(3), ...OK },
          { rawId: 'cid', status: 'failed', startedAt: null, endedAt: atSecond(4), ...BUSY },
        ],
      },
    ]);
    expect(operations(reports.toReversed())).toStrictEqual(kept);
  });

  it('keeps what was heard, and what the network said, with the end that counts', () => {
    const input = { kind: 'tones', tones: ['one'] } as const;
    const reports = [
      report('completed', 5, { kind: 'recognize', result: OK, input: { kind: 'tones', tones: ['two'] } }),
      report('completed', 3, { kind: 'recognize', result: OK, input }),
      report('failed', 4, { kind: 'recognize', result: { ...BUSY, sipCode: 486, q850Code: 17 } }),
    ];

    for (const order of [reports, reports.toReversed()]) {
      expect(JSON.stringify(operations(order))).toBe(
        JSON.stringify([
          {
            kind: 'recognize',
            operationContext: 'o1',
            status: 'completed',
            startedAt: null,
            endedAt: atSecond(3),
            ...OK,
            input,
            participants: [],
          },
        ]),
      );
    }
    expect(operations(reports.slice(2))).toMatchObject([{ ...BUSY, sipCode: 486, q850Code: 17 }]);
  });
});

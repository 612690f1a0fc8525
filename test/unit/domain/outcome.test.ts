import { describe, expect, it } from 'vitest';
import type { ActionKind } from '../../../shared/domain/action.ts';
import { type Call, newCall } from '../../../shared/domain/call.ts';
import { CALL_STATES } from '../../../shared/domain/call-state.ts';
import { type Outcome, outcomeOf } from '../../../shared/domain/outcome.ts';
import { atSecond } from '../../support/call-events.ts';
import { actionOf } from '../../support/ledgers.ts';

type Codes = readonly [code: number, subcode: number] | null;

function ended(codes: Codes, wasConnected: boolean): Call {
  const at = atSecond(0);
  const endReason = codes === null ? null : { code: codes[0], subcode: codes[1], message: null, at };
  return {
    ...newCall('c1', { dialect: 'preview-2021-04', wireId: null, at }),
    state: 'disconnected',
    endedAt: at,
    wasConnected,
    endReason,
  };
}

describe('outcomeOf', () => {
  it.each<readonly [Codes, neverConnected: Outcome, connected: Outcome]>([
    [null, 'no-answer', 'answered'],
    [[487, 10004], 'no-answer', 'answered'],
    [[480, 10037], 'no-answer', 'answered'],
    [[486, 560486], 'busy', 'answered'],
    [[603, 0], 'declined', 'answered'],
    [[487, 0], 'cancelled', 'answered'],
    [[404, 560404], 'bad-number', 'answered'],
    [[403, 560403], 'blocked', 'answered'],
    [[0, 4521], 'dropped', 'dropped'],
    [[410, 3100], 'failed', 'dropped'],
    [[403, 510403], 'failed', 'answered'],
    [[401, 10009], 'failed', 'answered'],
    [[500, 560500], 'failed', 'answered'],
    [[429, 0], 'failed', 'answered'],
    [[200, 0], 'failed', 'answered'],
    [[0, 560000], 'failed', 'answered'],
    [[400, 4242], 'unknown', 'answered'],
  ])('calls an end with %j, never connected, %s, and connected %s', (codes, neverConnected, connected) => {
    expect(outcomeOf(ended(codes, false))).toBe(neverConnected);
    expect(outcomeOf(ended(codes, true))).toBe(connected);
  });

  it('knows nothing of a call that was given up, unless it was connected', () => {
    const lost = { ...ended(null, false), endedAt: null, lostAt: atSecond(0) };

    expect(outcomeOf(lost)).toBe('unknown');
    expect(outcomeOf({ ...lost, wasConnected: true })).toBe('answered');
  });

  it.each<readonly [ActionKind[], Outcome]>([
    [[], 'failed'],
    [['hangUp'], 'cancelled'],
  ])('calls a call of ours that was never placed, with %j asked for, %s', (asked, outcome) => {
    const placing = actionOf({ kind: 'placeCall', state: 'failed', reason: 'no such number' });
    const call = { ...ended(null, false), actions: [placing, ...asked.map(kind => actionOf({ kind }))] };

    expect(outcomeOf(call)).toBe(outcome);
  });

  it.each([
    { hangUp: 'done', connected: false, outcome: 'cancelled' },
    { hangUp: 'failed', connected: false, outcome: 'no-answer' },
    { hangUp: 'done', connected: true, outcome: 'answered' },
  ] as const)(
    'calls one that was to be hung up ($hangUp, connected: $connected) and ended without a reason $outcome',
    asked => {
      const actions = [
        actionOf({ kind: 'placeCall', state: 'done' }),
        actionOf({ kind: 'hangUp', state: asked.hangUp }),
      ];
      const call = { ...ended(null, asked.connected), wireId: 'leg-1', actions };

      expect(outcomeOf(call)).toBe(asked.outcome);
    },
  );

  it.each(CALL_STATES.filter(state => state !== 'disconnected'))('has none for a call that is %s', state => {
    expect(outcomeOf({ ...ended([486, 560486], false), state })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import type { ActionState } from '../../../shared/domain/action.ts';
import { type Call, newCall } from '../../../shared/domain/call.ts';
import { isBelieved } from '../../../shared/processing/believed.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { actionOf, claimedDelivery, givenBack } from '../../support/ledgers.ts';

const failed = callEvent(atSecond(1), { type: 'action.failed', actionId: 'hangUp', reason: 'no' });
const unknown = callEvent(atSecond(1), { type: 'action.unknown', actionId: 'hangUp', reason: 'no answer' });
const done = callEvent(atSecond(1), { type: 'action.done', actionId: 'hangUp' });

function callWith(state: ActionState): Call {
  const call = newCall(CALL_KEY, { dialect: 'preview-2021-04', wireId: null, at: atSecond(0) });
  return { ...call, actions: [actionOf({ kind: 'hangUp', state })] };
}

const held = { hangUp: claimedDelivery({ claimedBy: 'c1' }) };
const takenOver = { hangUp: claimedDelivery({ claimedBy: 'c2', isRepeat: true }) };
const waiting = { hangUp: givenBack() };
const refusedUnder = (...claims: string[]) => ({
  refusals: Object.fromEntries(claims.map(claim => [claim, failed.fingerprint])),
});

describe('isBelieved', () => {
  it.each([
    ['a refusal under the claim that stands', failed, held, refusedUnder('c1'), true],
    ['one under a claim that was taken over', failed, takenOver, refusedUnder('c1'), false],
    ['one under a claim that was lost and given back', failed, waiting, refusedUnder('c1'), false],
    ['one under both', failed, takenOver, refusedUnder('c1', 'c2'), true],
    ['one of an action that nobody claimed', failed, {}, refusedUnder('c1'), false],
    ['a failure that is no answer of ACS', failed, {}, {}, true],
    ['another refusal beside it', { ...failed, fingerprint: 'other' }, takenOver, refusedUnder('c1'), true],
    ['that it was done, whoever says so', done, takenOver, refusedUnder('c1'), true],
    ['that nobody can know', unknown, takenOver, refusedUnder('c1'), true],
  ])('judges %s', (_, event, deliveries, request, expected) => {
    expect(isBelieved(event, { call: callWith('planned'), deliveries }, request)).toBe(expected);
  });

  it.each([
    ['planned', true],
    ['skipped', true],
    ['unknown', true],
    ['failed', true],
    ['done', false],
  ] as const)('believes a refusal of what is %s by now: %j', (state, expected) => {
    const known = { call: callWith(state), deliveries: held };

    expect(isBelieved(failed, known, refusedUnder('c1'))).toBe(expected);
    expect(isBelieved(failed, known, {})).toBe(expected);
  });

  it('believes what is told of a call that nothing is known of', () => {
    expect(isBelieved(failed, { call: undefined, deliveries: {} }, {})).toBe(true);
  });
});

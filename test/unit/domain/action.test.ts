import { describe, expect, it } from 'vitest';
import {
  type Action,
  type ActionState,
  addActions,
  isSettled,
  settleAction,
  skipPlanned,
} from '../../../shared/domain/action.ts';
import { actionOf } from '../../support/ledgers.ts';

const play = actionOf({ kind: 'playAudio' });
const hangUp = actionOf({ kind: 'hangUp' });

describe('addActions', () => {
  it('puts what is new behind the rest, when some of it is planned already', () => {
    const known = { ...play, state: 'done' as const };

    expect(addActions([known], [play, hangUp])).toEqual([known, hangUp]);
  });
});

describe('settleAction', () => {
  const further: readonly (readonly [ActionState, ActionState])[] = [
    ['planned', 'skipped'],
    ['skipped', 'unknown'],
    ['unknown', 'failed'],
    ['failed', 'done'],
    ['planned', 'done'],
  ];

  it.each(further)('keeps the further one of %s and %s, whichever is known first', (less, more) => {
    const [lesser, greater] = [
      { state: less, reason: 'less' },
      { state: more, reason: 'more' },
    ];

    for (const [first, second] of [
      [lesser, greater],
      [greater, lesser],
    ] as const) {
      const [settled] = settleAction([{ ...play, ...first }], play.actionId, second);
      expect(settled).toEqual({ ...play, ...greater });
    }
  });

  it('keeps the first reason when the same is told again', () => {
    const unknown: Action = { ...play, state: 'unknown', reason: 'no answer' };

    expect(settleAction([unknown], play.actionId, { state: 'unknown', reason: 'other' })).toEqual([unknown]);
  });

  it('leaves the other actions as they are', () => {
    expect(settleAction([play, hangUp], hangUp.actionId, { state: 'done', reason: null })).toEqual([
      play,
      { ...hangUp, state: 'done' },
    ]);
  });
});

describe('skipPlanned', () => {
  it('skips what is planned and not kept, and nothing that has come further', () => {
    const done = actionOf({ kind: 'cancelMedia', state: 'done' });

    expect(skipPlanned([play, done, hangUp], 'over', ({ kind }) => kind === 'hangUp')).toEqual([
      { ...play, state: 'skipped', reason: 'over' },
      done,
      hangUp,
    ]);
  });
});

describe('isSettled', () => {
  it.each([
    ['planned', false],
    ['skipped', false],
    ['unknown', true],
    ['failed', true],
    ['done', true],
  ] as const)('says of %s that nothing more is to be done: %s', (state, settled) => {
    expect(isSettled({ ...play, state })).toBe(settled);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { applyEvent } from '../../../shared/flows/apply-event.ts';
import { type Decider, listening } from '../../../shared/flows/decider.ts';
import { connected, ended, received, tone } from '../../support/acting.ts';
import { callEvents } from '../../support/arbitraries/call-events.ts';
import { atSecond, CALL_KEY, callEvent, fold, restamped } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';

function apply(events: readonly CallEvent[], decider: Decider): Call {
  let call: Call | undefined;
  for (const event of events) ({ call } = applyEvent(call, event, { callKey: CALL_KEY, decider }));
  if (call === undefined) throw new Error('A call begins with an event.');
  return call;
}

const idsOf = ({ actions }: Call) => actions.map(({ actionId }) => actionId);
const twoPrompts = deciderOf({
  connected: { actions: [draft('playAudio', 'one'), draft('playAudio', 'two')] },
});

describe('applyEvent', () => {
  it('is the reducer where nothing is decided', () => {
    fc.assert(
      fc.property(callEvents({ minLength: 1, maxLength: 20 }), events => {
        expect(apply(events, listening)).toEqual(fold(events).call);
      }),
      { numRuns: 100 },
    );
  });

  it('plans what is decided, in order, at the time of the event', () => {
    const { actions } = apply([connected], twoPrompts);

    expect(actions).toMatchObject([
      { kind: 'playAudio', arguments: { label: 'one' }, state: 'planned', reason: null },
      { kind: 'playAudio', arguments: { label: 'two' }, state: 'planned', reason: null },
    ]);
    expect(actions.map(({ plannedAt }) => plannedAt)).toEqual([connected.at, connected.at]);
    expect(actions[0]?.actionId).toMatch(/^[\w-]{22}$/);
  });

  it('ends no call of which an action on a conversation was refused', () => {
    const decider = deciderOf({ connected: { actions: [draft('addToConversation')] } });
    const [actionId = ''] = idsOf(apply([connected], decider));
    const refused = callEvent(atSecond(4), { type: 'action.failed', actionId, reason: 'no such number' });

    expect(apply([connected, refused], decider)).toMatchObject({ state: 'connected', endedAt: null });
  });

  describe('gives actions ids', () => {
    it('that are the same whatever event led to them', () => {
      const late = restamped(connected, atSecond(30));

      expect(idsOf(apply([late], twoPrompts))).toEqual(idsOf(apply([connected], twoPrompts)));
      expect(idsOf(apply([tone(1)], twoPrompts))).toEqual(idsOf(apply([connected], twoPrompts)));
    });

    it('that differ by call, version, trigger and place', () => {
      const { actions: other } = applyEvent(undefined, connected, {
        callKey: 'c2',
        decider: twoPrompts,
      }).call;
      const decisions = { connected: { actions: [draft('playAudio')] } };
      const version = apply([connected], deciderOf(decisions, 'test/2'));
      const onTone = deciderOf({ 'tone#1:one': { actions: [draft('playAudio')] } });

      const ids = [
        ...idsOf(apply([connected], twoPrompts)),
        ...other.map(({ actionId }) => actionId),
        ...idsOf(version),
        ...idsOf(apply([tone(1)], onTone)),
      ];
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it('plans nothing twice when a decision is taken twice', () => {
    const always: Decider = { version: 'v', decide: () => ({ actions: [draft('playAudio')] }) };
    const once = apply([connected], always);
    const failedTwice = callEvent(atSecond(9), { type: 'play.failed', operationContext: null, result: null });

    expect(idsOf(apply([connected, connected], always))).toEqual(idsOf(once));
    expect(apply([connected, failedTwice, failedTwice], always).actions).toHaveLength(2);
  });

  it('lets a later signal of one event see what an earlier one decided', () => {
    const seen: number[] = [];
    const decider: Decider = {
      version: 'v',
      decide(call) {
        seen.push(call.actions.length);
        return { actions: [draft('playAudio')] };
      },
    };

    apply([tone(1)], decider);

    expect(seen).toEqual([0, 1]);
  });

  it('skips what is planned before a hang-up and after it, and no hang-up', () => {
    const decider = deciderOf({
      connected: { actions: [draft('playAudio')] },
      'tone#1:one': { actions: [draft('cancelMedia'), draft('hangUp'), draft('playAudio', 'late')] },
      'tone#2:one': { actions: [draft('playAudio', 'later')] },
    });

    const { actions } = apply([connected, tone(1), tone(2)], decider);

    expect(actions.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
      ['playAudio', 'skipped', 'the line is hung up'],
      ['cancelMedia', 'skipped', 'the line is hung up'],
      ['hangUp', 'planned', null],
      ['playAudio', 'skipped', 'the line is hung up'],
      ['playAudio', 'skipped', 'the line is hung up'],
    ]);
  });

  it('plans again after a hang-up that failed', () => {
    const decider = deciderOf({
      connected: { actions: [draft('hangUp')] },
      'tone#1:one': { actions: [draft('playAudio')] },
    });
    const [actionId = ''] = idsOf(apply([connected], decider));
    const failed = callEvent(atSecond(4), { type: 'action.failed', actionId, reason: 'no' });

    expect(apply([connected, failed, tone(1)], decider).actions).toMatchObject([
      { state: 'failed' },
      { kind: 'playAudio', state: 'planned' },
    ]);
  });

  it('skips everything, hang-ups too, and puts out every timer when the call is over', () => {
    const arm = ['silence', 'longest'].map(timerId => ({ timerId, afterMs: 1_000 }));
    const decider = deciderOf({
      connected: { actions: [draft('hangUp')], arm },
      'tone#1:one': { actions: [draft('playAudio')], arm: [{ timerId: 'late', afterMs: 1_000 }] },
    });

    const { actions, timers } = apply([connected, ended, tone(1)], decider);

    expect(actions.map(({ kind, state, reason }) => [kind, state, reason])).toEqual([
      ['hangUp', 'skipped', 'the call is over'],
      ['playAudio', 'skipped', 'the call is over'],
    ]);
    expect(timers).toMatchObject([
      { timerId: 'silence', state: 'cancelled' },
      { timerId: 'longest', state: 'cancelled' },
      { timerId: 'late', state: 'cancelled' },
    ]);
  });

  it('runs timers from the receipt, whatever time the event tells, and counts their armings', () => {
    const decider = deciderOf({
      connected: { arm: [{ timerId: 'silence', afterMs: 1_500 }] },
      'tone#1:one': { arm: [{ timerId: 'silence', afterMs: 2_000 }], cancel: ['silence'] },
      'tone#2:one': { cancel: ['silence', 'none'] },
    });

    expect(apply([connected], decider).timers).toEqual([
      { timerId: 'silence', generation: 1, dueAt: atSecond(3_601.5), state: 'armed' },
    ]);
    expect(apply([connected, tone(1)], decider).timers).toEqual([
      { timerId: 'silence', generation: 2, dueAt: atSecond(3_602), state: 'armed' },
    ]);
    expect(apply([connected, tone(1), tone(2)], decider).timers).toMatchObject([
      { generation: 2, state: 'cancelled' },
    ]);
  });

  it('tells of a timer that fired only when that arming is live', () => {
    const decider = deciderOf({
      connected: { arm: [{ timerId: 'silence', afterMs: 1_000 }] },
      'timer:silence#1': { actions: [draft('playAudio')] },
    });
    const fired = (generation: number) =>
      received(callEvent(atSecond(9), { type: 'timer.fired', timerId: 'silence', generation }));

    expect(apply([connected, fired(1)], decider).actions).toHaveLength(1);
    expect(apply([connected, fired(2)], decider).actions).toEqual([]);
    expect(apply([connected, tone(1), ended, fired(1)], decider).actions).toEqual([]);
  });
});

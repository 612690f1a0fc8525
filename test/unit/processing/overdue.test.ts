import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../shared/actions/policy.ts';
import type { Action } from '../../../shared/domain/action.ts';
import { type Call, newCall } from '../../../shared/domain/call.ts';
import { armTimer, endTimer } from '../../../shared/domain/timer.ts';
import { mayRepeat, overdueEvents, REPEATABILITY_WINDOW_MS } from '../../../shared/processing/overdue.ts';
import type { Delivery } from '../../../shared/store/call-head.ts';
import { journalRow } from '../../../shared/store/keys.ts';
import { assertRowFits } from '../../../shared/store/row-limits.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { actionOf, claimedDelivery, givenBack } from '../../support/ledgers.ts';

const EMPTY = newCall(CALL_KEY, { dialect: 'preview-2021-04', wireId: 'leg-1', at: atSecond(0) });

function overdue(
  call: Partial<Call>,
  options: { second: number; policy?: Policy; deliveries?: Readonly<Record<string, Delivery>> },
) {
  const { second, policy = 'atMostOnce', deliveries = {} } = options;
  const head = { call: { ...EMPTY, ...call }, deliveries };
  return overdueEvents(head, { now: atSecond(second), policyOf: () => policy });
}

describe('overdueEvents', () => {
  describe('of a placing on a call that is to be hung up', () => {
    const actions = [actionOf({ kind: 'placeCall' }), actionOf({ kind: 'hangUp' })];

    it.each([
      { name: 'one that waits', deliveries: {}, types: ['action.failed'] },
      {
        name: 'one that ACS had no room for',
        deliveries: { placeCall: givenBack({ firstSentAt: null }) },
        types: ['action.failed'],
      },
      { name: 'none that is on its way', deliveries: { placeCall: claimedDelivery() }, types: [] },
      { name: 'none that was perhaps placed', deliveries: { placeCall: givenBack() }, types: [] },
    ])('give up $name', ({ deliveries, types }) => {
      const events = overdue({ actions }, { second: 1, policy: 'repeatable', deliveries });

      expect(events.map(({ type }) => type)).toEqual(types);
    });

    it('are none while nobody hangs up', () => {
      expect(overdue({ actions: actions.slice(0, 1) }, { second: 1 })).toEqual([]);
    });
  });

  describe('of timers', () => {
    const twoTimers = armTimer(armTimer([], 'long', atSecond(20)), 'short', atSecond(10));

    it.each([
      { second: 9, fired: [] },
      { second: 10, fired: ['short'] },
      { second: 20, fired: ['short', 'long'] },
    ])('are $fired at second $second, the one that was due first before the other', ({ second, fired }) => {
      const events = overdue({ timers: twoTimers }, { second });

      expect(events.map(event => event.type === 'timer.fired' && event.timerId)).toEqual(fired);
    });

    it('are none of those that were cancelled, or gave way to a later arming', () => {
      const timers = armTimer(endTimer(twoTimers, 'long', 'cancelled'), 'short', atSecond(40));

      expect(overdue({ timers }, { second: 39 })).toEqual([]);
      expect(overdue({ timers }, { second: 40 })).toMatchObject([{ timerId: 'short', generation: 2 }]);
    });

    it('have an identity for each arming, and time and receipt by our own clock', () => {
      const [first] = overdue({ timers: armTimer([], 'a', atSecond(1)) }, { second: 5 });
      const again = armTimer(armTimer([], 'a', atSecond(1)), 'a', atSecond(2));
      const [second] = overdue({ timers: again }, { second: 6 });

      expect(first).toMatchObject({ at: atSecond(5), receivedAt: atSecond(5), wireId: null });
      expect(first?.fingerprint).not.toBe(second?.fingerprint);
      expect(overdue({ timers: armTimer([], 'a', atSecond(1)) }, { second: 7 })[0]?.fingerprint).toBe(
        first?.fingerprint,
      );
    });

    it.each(['no/tone#1', 'a b?', '"\\', 'ä'.repeat(600)])('can have any id: %.20j', timerId => {
      const [event] = overdue({ timers: armTimer([], timerId, atSecond(1)) }, { second: 5 });

      expect(event).toMatchObject({ timerId });
      assertRowFits(CALL_KEY, journalRow(event?.fingerprint ?? ''), {});
    });
  });

  describe('of actions', () => {
    const play = actionOf({ kind: 'playAudio' });
    const skipped: Action = { ...play, state: 'skipped', reason: 'r' };
    const windowSeconds = REPEATABILITY_WINDOW_MS / 1000;

    it.each<{
      name: string;
      action: Action;
      delivery: Delivery | undefined;
      second: number;
      unknownFor: readonly Policy[];
    }>([
      { name: 'is planned', action: play, delivery: undefined, second: 500, unknownFor: [] },
      { name: 'is being sent', action: play, delivery: claimedDelivery(), second: 119, unknownFor: [] },
      {
        name: 'has no sender any more',
        action: play,
        delivery: claimedDelivery(),
        second: 120,
        unknownFor: ['atMostOnce'],
      },
      {
        name: 'has no sender any more, and the window is over',
        action: play,
        delivery: claimedDelivery({ leaseUntil: atSecond(windowSeconds) }),
        second: windowSeconds,
        unknownFor: ['atMostOnce', 'repeatable'],
      },
      {
        name: 'was given back without an answer, and waits',
        action: play,
        delivery: givenBack(),
        second: 40,
        unknownFor: ['atMostOnce'],
      },
      {
        name: 'was given back without an answer, and the window is over',
        action: play,
        delivery: givenBack({ notBefore: atSecond(windowSeconds + 20) }),
        second: windowSeconds,
        unknownFor: ['atMostOnce', 'repeatable'],
      },
      {
        name: 'was certainly not carried out, and waits',
        action: play,
        delivery: givenBack({ firstSentAt: null, generation: 2 }),
        second: 500,
        unknownFor: [],
      },
      { name: 'was skipped', action: skipped, delivery: undefined, second: 500, unknownFor: [] },
      {
        name: 'was skipped while it was sent',
        action: skipped,
        delivery: claimedDelivery(),
        second: 119,
        unknownFor: [],
      },
      {
        name: 'was skipped while it was sent, and has no sender any more',
        action: skipped,
        delivery: claimedDelivery(),
        second: 120,
        unknownFor: ['atMostOnce', 'atLeastOnce', 'repeatable'],
      },
      {
        name: 'was skipped after it was given back without an answer',
        action: skipped,
        delivery: givenBack(),
        second: 5,
        unknownFor: ['atMostOnce', 'atLeastOnce', 'repeatable'],
      },
      {
        name: 'is settled',
        action: { ...play, state: 'failed', reason: 'r' },
        delivery: claimedDelivery(),
        second: 500,
        unknownFor: [],
      },
    ])('make one unknown that $name, for $unknownFor', ({ action, delivery, second, unknownFor }) => {
      const deliveries = delivery === undefined ? {} : { playAudio: delivery };
      for (const policy of ['atMostOnce', 'atLeastOnce', 'repeatable'] as const) {
        const events = overdue({ actions: [action] }, { second, policy, deliveries });

        const expected = unknownFor.includes(policy) ? ['action.unknown'] : [];
        expect(
          events.map(({ type }) => type),
          policy,
        ).toEqual(expected);
      }
    });
  });
});

describe('mayRepeat', () => {
  it.each<{ policy: Policy; second: number; may: boolean }>([
    { policy: 'atMostOnce', second: 0, may: false },
    { policy: 'atLeastOnce', second: 100_000, may: true },
    { policy: 'repeatable', second: 299, may: true },
    { policy: 'repeatable', second: 300, may: false },
  ])('is $may for $policy, $second s after the first send', ({ policy, second, may }) => {
    const ledger = { deliveries: { a: claimedDelivery() } };

    expect(mayRepeat(ledger, { actionId: 'a' }, { now: atSecond(second), policy })).toBe(may);
  });
});

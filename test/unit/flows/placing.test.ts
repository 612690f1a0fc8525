import { describe, expect, it } from 'vitest';
import type { ActionKind, ActionState } from '../../../shared/domain/action.ts';
import { type Call, newCall } from '../../../shared/domain/call.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { applyEvent } from '../../../shared/flows/apply-event.ts';
import { listening } from '../../../shared/flows/decider.ts';
import { withPlacing } from '../../../shared/flows/placing.ts';
import { connected, received } from '../../support/acting.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { everyOrder } from '../../support/every-order.ts';
import { actionOf } from '../../support/ledgers.ts';

function placed(kind: ActionKind, state: ActionState): Call {
  const call = newCall(CALL_KEY, { dialect: 'preview-2021-04', wireId: null, at: atSecond(0) });
  return { ...call, actions: [actionOf({ kind, state })] };
}

const unknown = (actionId: string): CallEvent => ({
  ...received(callEvent(atSecond(1), { type: 'action.unknown', actionId, reason: 'no answer' })),
  wireId: null,
});
const givenUp: CallEvent = {
  ...received(callEvent(atSecond(3_720), { type: 'timer.fired', timerId: '!placing', generation: 1 })),
  wireId: null,
};

describe('withPlacing', () => {
  it.each(['placeCall', 'joinCall'] as const)(
    'waits two minutes for word of a %s of unknown outcome',
    kind => {
      const call = placed(kind, 'unknown');

      expect(withPlacing(call, unknown(kind)).timers).toEqual([
        { timerId: '!placing', generation: 1, dueAt: atSecond(3_720), state: 'armed' },
      ]);
    },
  );

  it.each(['planned', 'skipped', 'unknown', 'failed'] as const)(
    'takes word of the call for proof that it was placed, though that is %s',
    state => {
      const waiting = withPlacing(placed('placeCall', state), unknown('placeCall'));

      const call = withPlacing(waiting, connected);

      expect(call.actions).toMatchObject([{ state: 'done', reason: null }]);
      expect(call.timers.filter(timer => timer.state === 'armed')).toEqual([]);
    },
  );

  it('gives the call up when the time is over, and keeps the first time of doing so', () => {
    const call = withPlacing(placed('placeCall', 'unknown'), givenUp);

    expect(call).toMatchObject({ state: 'disconnected', lostAt: atSecond(3_720), endedAt: null });
    expect(withPlacing(call, { ...givenUp, at: atSecond(4_000) }).lostAt).toBe(atSecond(3_720));
  });

  it('ends a call whose placing was refused, at the first time that says so', () => {
    const refused = callEvent(atSecond(2), { type: 'action.failed', actionId: 'placeCall', reason: 'no' });
    const call = withPlacing(placed('placeCall', 'failed'), { ...refused, wireId: null });

    expect(call).toMatchObject({ state: 'disconnected', endedAt: atSecond(2), lostAt: null });
    expect(withPlacing(call, { ...refused, at: atSecond(9), wireId: null }).endedAt).toBe(atSecond(2));
  });

  it('comes to the same whatever order ACS contradicts itself in', () => {
    const refused = callEvent(atSecond(2), { type: 'action.failed', actionId: 'placeCall', reason: 'no' });
    const done = callEvent(atSecond(1), { type: 'action.done', actionId: 'placeCall' });
    const told = [{ ...refused, wireId: null }, { ...done, wireId: null }, connected];
    const before = placed('placeCall', 'planned');
    const context = { callKey: CALL_KEY, decider: listening };
    const outcomes: unknown[] = [];
    everyOrder<CallEvent, Call>(told, {
      step: (call = before, event) => applyEvent(call, event, context).call,
      visit: ({ state, endedAt, actions }) => outcomes.push({ state, endedAt, action: actions[0]?.state }),
    });

    const expected = { state: 'disconnected', endedAt: atSecond(2), action: 'done' };
    expect(outcomes).toEqual(Array.from({ length: 6 }, () => expected));
  });

  it('gives up no call that was heard of', () => {
    const call = { ...placed('placeCall', 'done'), wireId: 'leg-1' };

    expect(withPlacing(call, givenUp)).toBe(call);
  });

  it.each<readonly [string, Call, CallEvent]>([
    ['nothing was placed', { ...placed('playAudio', 'unknown') }, unknown('playAudio')],
    ['another action is unknown', placed('placeCall', 'unknown'), unknown('other')],
    ['it is known by then', placed('placeCall', 'done'), unknown('placeCall')],
    ['an event names no call', placed('placeCall', 'unknown'), { ...connected, wireId: null }],
  ])('leaves the call as it is when %s', (_, call, event) => {
    expect(withPlacing(call, event)).toBe(call);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvent, EventType } from '../../../shared/domain/call-event.ts';
import { CALL_STATES } from '../../../shared/domain/call-state.ts';
import { outcomeOf } from '../../../shared/domain/outcome.ts';
import { reduceCall } from '../../../shared/domain/reduce-call.ts';
import { participantsOf } from '../../../shared/domain/stays.ts';
import { callEvents, deliveryOf } from '../../support/arbitraries/call-events.ts';
import { CALL_KEY, fold } from '../../support/call-events.ts';

describe('reduceCall', () => {
  it('ends in one state for any order and repetition of 9 to 40 events', () => {
    const deliveries = callEvents({ minLength: 9, maxLength: 40 }).chain(events =>
      fc.tuple(deliveryOf(events), deliveryOf(events)),
    );
    fc.assert(
      fc.property(deliveries, ([one, other]) => {
        expect(JSON.stringify(fold(one).call)).toBe(JSON.stringify(fold(other).call));
      }),
      { numRuns: 500 },
    );
  });

  it('goes on from a stored call as if it had never been stored', () => {
    fc.assert(
      fc.property(callEvents({ minLength: 2, maxLength: 12 }), events => {
        const stored = events.reduce<Call | undefined>((call, event) => {
          const after = reduceCall(call, event, CALL_KEY).call;
          return JSON.parse(JSON.stringify(after)) as Call;
        }, undefined);

        expect(JSON.stringify(stored)).toBe(JSON.stringify(fold(events).call));
      }),
    );
  });

  it('never lets the state go down, and never leaves disconnected', () => {
    fc.assert(
      fc.property(callEvents({ minLength: 1, maxLength: 30 }), events => {
        let rank = 0;
        let call: Call | undefined;
        for (const event of events) {
          const before = call?.state;
          call = reduceCall(call, event, CALL_KEY).call;
          expect(CALL_STATES.indexOf(call.state)).toBeGreaterThanOrEqual(rank);
          if (before === 'disconnected') expect(call.state).toBe('disconnected');
          rank = CALL_STATES.indexOf(call.state);
        }
      }),
    );
  });

  it('changes nothing and signals nothing for an event that was applied before', () => {
    const withRepeated = callEvents({ minLength: 1, maxLength: 20 }).chain(events =>
      fc.tuple(fc.constant(events), fc.constantFrom(...events)),
    );
    fc.assert(
      fc.property(withRepeated, ([events, again]) => {
        const { call } = fold(events);

        const repeated = reduceCall(call, again, CALL_KEY);

        expect(JSON.stringify(repeated.call)).toBe(JSON.stringify(call));
        expect(repeated.signals).toEqual([]);
      }),
    );
  });

  it('signals a connection and an end once, the connection before anything that proves it', () => {
    fc.assert(
      fc.property(callEvents({ minLength: 1, maxLength: 30 }), events => {
        const { call, signals } = fold(events);
        const types = signals.map(({ type }) => type);

        expect(types.filter(type => type === 'connected')).toHaveLength(call.wasConnected ? 1 : 0);
        expect(types.filter(type => type === 'disconnected')).toHaveLength(call.endedAt === null ? 0 : 1);
        const proof = types.indexOf('toneReceived');
        if (proof !== -1) expect(types.indexOf('connected')).toBeLessThan(proof);
        const tones = signals.filter(({ type }) => type === 'toneReceived');
        expect(tones).toHaveLength(call.tones.length);
      }),
    );
  });

  it('knows what a look at all events at once would know', () => {
    fc.assert(
      fc.property(callEvents({ minLength: 1, maxLength: 30 }), events => {
        const { call } = fold(events);

        expect(call).toMatchObject({
          createdAt: first(events),
          lastEventAt: events
            .map(({ at }) => at)
            .toSorted()
            .at(-1),
          connectingAt: first(ofType(events, 'call.connecting')),
          connectedAt: first(ofType(events, 'call.connected')),
          disconnectingAt: first(ofType(events, 'call.disconnecting')),
          endedAt: first(events.filter(({ type }) => isEnd(type))),
          wasConnected: events.some(provesConnection),
        });
        expect(call.state).toBe(furthestState(events));
        expect(outcomeOf(call) === null).toBe(call.state !== 'disconnected');
      }),
    );
  });

  it('leaves the call and the event that it is given as they were', () => {
    fc.assert(
      fc.property(callEvents({ minLength: 1, maxLength: 12 }), events => {
        events.reduce<Call | undefined>(
          (call, event) => deepFrozen(reduceCall(call, deepFrozen(event), CALL_KEY).call),
          undefined,
        );
      }),
    );
  });
});

describe('participantsOf', () => {
  it('gives stays in order that never overlap, and intervals of being muted or on hold within them', () => {
    fc.assert(
      fc.property(callEvents({ minLength: 1, maxLength: 40 }), events => {
        const { call } = fold(events);
        for (const { present, stays, mutedIntervals, heldIntervals } of participantsOf(call)) {
          const spans = stays.map(({ joinedAt, leftAt }) => [joinedAt, leftAt ?? OPEN] as const);
          const muted = mutedIntervals.map(({ mutedAt, unmutedAt }) => [mutedAt, unmutedAt ?? OPEN] as const);
          const held = heldIntervals.map(({ heldAt, resumedAt }) => [heldAt, resumedAt ?? OPEN] as const);

          expectInOrder(spans.flat());
          expectInOrder(muted.flat());
          expectInOrder(held.flat());
          expect(spans.flat().includes(OPEN)).toBe(present);
          expect(
            [...muted, ...held].every(([from, to]) =>
              spans.some(([joined, left]) => joined <= from && to <= left),
            ),
          ).toBe(true);
          if (call.endedAt !== null) {
            expect(
              [...spans.flat(), ...muted.flat(), ...held.flat()].every(at => at <= (call.endedAt ?? '')),
            ).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** After any time, as text. */
const OPEN = '~';

function expectInOrder(times: readonly string[]): void {
  expect(times).toEqual(times.toSorted());
}

function ofType(events: readonly CallEvent[], type: EventType): readonly CallEvent[] {
  return events.filter(event => event.type === type);
}

function first(events: readonly CallEvent[]): string | null {
  return events.map(({ at }) => at).toSorted()[0] ?? null;
}

function isEnd(type: EventType): boolean {
  return type === 'call.disconnected' || type === 'call.failed';
}

const PROOFS: readonly EventType[] = [
  'call.connected',
  'tone.received',
  'play.completed',
  'play.canceled',
  'input.collected',
  'input.canceled',
  'participant.moveSucceeded',
  'transfer.accepted',
  'hold.completed',
  'dtmf.sent',
];

function provesConnection(event: CallEvent): boolean {
  if (event.type === 'call.disconnecting' || event.type === 'call.disconnected') return event.wasConnected;
  if (event.type === 'roster.snapshot') return event.participants.length > 0;
  return PROOFS.includes(event.type);
}

function furthestState(events: readonly CallEvent[]): string {
  if (events.some(({ type }) => isEnd(type))) return 'disconnected';
  if (events.some(({ type }) => type === 'call.disconnecting')) return 'disconnecting';
  if (events.some(provesConnection)) return 'connected';
  return events.some(({ type }) => type === 'call.connecting') ? 'connecting' : 'unknown';
}

function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFrozen);
    Object.freeze(value);
  }
  return value;
}

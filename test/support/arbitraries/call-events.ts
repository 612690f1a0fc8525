import fc from 'fast-check';
import {
  type CallEvent,
  type EventPayload,
  type ResultInfo,
  TONES,
} from '../../../shared/domain/call-event.ts';
import type { EventTime } from '../../../shared/domain/event-time.ts';
import { atSecond, callEvent, restamped } from '../call-events.ts';

/** Few moments and few ids, so that events meet: at one time, on one operation, on one participant. */
const time: fc.Arbitrary<EventTime> = fc.integer({ min: 0, max: 20 }).map(second => atSecond(second));
const conversationId = fc.constantFrom(null, 'conversation-a', 'conversation-b');
const rawId = fc.constantFrom('8:acs:ann', '8:acs:ben', '4:+14255550142');

const result: fc.Arbitrary<ResultInfo | null> = fc.option(
  fc.record({
    code: fc.constantFrom(null, 0, 200, 400, 486),
    subcode: fc.constantFrom(null, 0, 8508, 8539, 560000),
    message: fc.constantFrom(null, 'one message', 'another message'),
  }),
);

const callStates: fc.Arbitrary<EventPayload> = fc.oneof(
  fc.record({ type: fc.constant('call.connecting' as const), conversationId }),
  fc.record({ type: fc.constant('call.connected' as const), conversationId }),
  fc.record({
    type: fc.constant('call.disconnecting' as const),
    conversationId,
    wasConnected: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('call.disconnected' as const),
    conversationId,
    wasConnected: fc.boolean(),
    reason: result,
  }),
  fc.record({ type: fc.constant('call.note' as const), note: fc.constant('Hold'), conversationId }),
);

const operationContext = fc.constantFrom(null, 'operation-1', 'operation-2');

const operations: fc.Arbitrary<EventPayload> = fc.oneof(
  fc.record({
    type: fc.constantFrom('play.started', 'play.completed', 'play.canceled', 'play.failed'),
    operationContext,
    result,
  }),
  fc.record({
    type: fc.constantFrom('participant.addStarted', 'participant.addSucceeded', 'participant.addFailed'),
    operationContext,
    result,
    participants: fc.uniqueArray(rawId),
  }),
);

const recordings: fc.Arbitrary<EventPayload> = fc.record({
  type: fc.constant('recording.state'),
  recordingId: fc.constantFrom('recording-1', 'recording-2'),
  state: fc.constantFrom('active', 'inactive'),
  startedAt: fc.option(time, { nil: null }),
  conversationId,
});

const tones: fc.Arbitrary<EventPayload> = fc.record({
  type: fc.constant('tone.received'),
  sequenceId: fc.integer({ min: 0, max: 3 }),
  tone: fc.constantFrom(...TONES.slice(0, 3)),
});

/** A roster of up to six endpoints, two for each identity, some of them listed twice. */
function rosterPayload(
  sequenceNumber: fc.Arbitrary<number | null>,
): fc.Arbitrary<Extract<EventPayload, { type: 'roster.snapshot' }>> {
  const participantId = fc.constantFrom(null, 'endpoint-1');
  const participants = fc.array(fc.record({ rawId, participantId, isMuted: fc.boolean() }), { maxLength: 5 });
  return fc.record({ type: fc.constant('roster.snapshot' as const), sequenceNumber, participants });
}

/** Events of one call, of every type, some told again with another time. Rosters are numbered, or not, or only some. */
export function callEvents(constraints: fc.ArrayConstraints): fc.Arbitrary<CallEvent[]> {
  const numbered = fc.integer({ min: 0, max: 6 });
  return fc
    .constantFrom<fc.Arbitrary<number | null>>(fc.constant(null), numbered, fc.option(numbered))
    .chain(sequenceNumber => {
      const unknown: EventPayload = { type: 'unknown', wireType: 'Unknown', raw: {} };
      const payload: fc.Arbitrary<EventPayload> = fc.oneof(
        { weight: 3, arbitrary: callStates },
        { weight: 3, arbitrary: rosterPayload(sequenceNumber) },
        { weight: 3, arbitrary: operations },
        { weight: 2, arbitrary: tones },
        { weight: 1, arbitrary: recordings },
        { weight: 1, arbitrary: fc.constant(unknown) },
      );
      const event = fc
        .tuple(time, payload, fc.option(time, { freq: 4 }))
        .map(([at, what, again]) =>
          again === null ? callEvent(at, what) : restamped(callEvent(at, what), again),
        );
      return fc.array(event, constraints);
    });
}

/** The events in any order, each at least once and some again. */
export function deliveryOf(events: readonly CallEvent[]): fc.Arbitrary<CallEvent[]> {
  return fc.array(fc.constantFrom(...events), { maxLength: 10 }).chain(again => {
    const all = [...events, ...again];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });
}

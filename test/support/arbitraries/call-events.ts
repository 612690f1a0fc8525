import fc from 'fast-check';
import {
  type CallEvent,
  type CollectedInput,
  DIALECT_NAMES,
  type EventPayload,
  type ResultInfo,
  TONES,
} from '../../../shared/domain/call-event.ts';
import type { EventTime } from '../../../shared/domain/event-time.ts';
import { OPERATION_EVENTS, type OperationEventType } from '../../../shared/domain/operation-events.ts';
import { atSecond, callEvent, restamped } from '../call-events.ts';

/** Few moments and few ids, so that events meet: at one time, on one operation, on one participant. */
const time: fc.Arbitrary<EventTime> = fc.integer({ min: 0, max: 20 }).map(second => atSecond(second));
const conversationId = fc.constantFrom(null, 'conversation-a', 'conversation-b');
const rawId = fc.constantFrom('8:acs:ann', '8:acs:ben', '4:+14255550142');

const result: fc.Arbitrary<ResultInfo | null> = fc.option(
  fc.record(
    {
      code: fc.constantFrom(null, 0, 200, 400, 486),
      subcode: fc.constantFrom(null, 0, 8508, 8539, 560000),
      message: fc.constantFrom(null, 'one message', 'another message'),
      sipCode: fc.constantFrom(486, 487),
      q850Code: fc.constantFrom(16, 17),
    },
    { requiredKeys: ['code', 'subcode', 'message'] },
  ),
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
  fc.record({
    type: fc.constant('call.failed' as const),
    stage: fc.constantFrom('create', 'answer', 'connect'),
    operationContext: fc.constant(null),
    conversationId,
    reason: result,
  }),
  fc.record({ type: fc.constant('call.note' as const), note: fc.constant('Hold'), conversationId }),
);

const operationContext = fc.constantFrom(null, 'operation-1', 'operation-2');

const input: fc.Arbitrary<CollectedInput> = fc.constantFrom<CollectedInput>(
  { kind: 'tones', tones: ['one', 'two'] },
  { kind: 'choice', label: 'Confirm', phrase: null, confidence: null },
  { kind: 'speech', speech: 'yes please', confidence: 0.9 },
);

const OPERATION_TYPES = Object.keys(OPERATION_EVENTS) as OperationEventType[];

const operations: fc.Arbitrary<EventPayload> = fc
  .record(
    {
      type: fc.oneof(
        fc.constantFrom<OperationEventType>('play.started', 'play.completed', 'play.canceled', 'play.failed'),
        fc.constantFrom(...OPERATION_TYPES),
      ),
      operationContext,
      result,
      participants: fc.uniqueArray(rawId),
    },
    { requiredKeys: ['type', 'operationContext', 'result'] },
  )
  .chain(payload =>
    payload.type === 'input.collected'
      ? fc.option(input).map(heard => (heard === null ? payload : { ...payload, input: heard }))
      : fc.constant(payload),
  );

const files = fc.array(
  fc.record({
    documentId: fc.constantFrom('document-1', 'document-2'),
    index: fc.constantFrom(0, 1),
    endReason: fc.constant(null),
    contentLocation: fc.constantFrom(null, 'https://storage.example.invalid/1'),
    metadataLocation: fc.constant(null),
    deleteLocation: fc.constant(null),
  }),
  { maxLength: 3 },
);

const recordings: fc.Arbitrary<EventPayload> = fc.oneof(
  fc.record({
    type: fc.constant('recording.state' as const),
    recordingId: fc.constantFrom('recording-1', 'recording-2'),
    state: fc.constantFrom('active', 'inactive'),
    startedAt: fc.option(time, { nil: null }),
    conversationId,
  }),
  fc.record({
    type: fc.constant('recording.fileReady' as const),
    recordingId: fc.constantFrom('recording-1', 'recording-2'),
    startedAt: fc.option(time, { nil: null }),
    durationMs: fc.constant(null),
    contentType: fc.constant(null),
    channelType: fc.constant(null),
    formatType: fc.constant(null),
    endReason: fc.constant(null),
    files,
    conversationId,
  }),
);

const reports: fc.Arbitrary<EventPayload> = fc.record({
  type: fc.constant('report.callStarted' as const),
  conversationId,
  correlationId: fc.constant(null),
  startedBy: fc.constant(null),
  groupId: fc.constant(null),
  isTwoParty: fc.constant(null),
  isRoomsCall: fc.constant(null),
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
  const participants = fc.array(
    fc.record(
      { rawId, participantId, isMuted: fc.boolean(), isOnHold: fc.boolean() },
      { requiredKeys: ['rawId', 'participantId', 'isMuted'] },
    ),
    { maxLength: 5 },
  );
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
        { weight: 1, arbitrary: reports },
        { weight: 1, arbitrary: fc.constant(unknown) },
      );
      const event = fc
        .tuple(time, payload, fc.option(time, { freq: 4 }), fc.constantFrom(...DIALECT_NAMES))
        .map(([at, what, again, dialect]) => {
          const event = { ...callEvent(at, what), dialect };
          return again === null ? event : restamped(event, again);
        });
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

import { describe, expect, it } from 'vitest';
import type { CallEvent, EventPayload, EventType } from '../../../shared/domain/call-event.ts';
import { OPERATION_EVENTS } from '../../../shared/domain/operation-events.ts';
import { reduceCall } from '../../../shared/domain/reduce-call.ts';
import { routingTable } from '../../../shared/domain/routing-table.ts';
import { atSecond, callEvent, fold } from '../../support/call-events.ts';

const conversationId = null;
const result = null;
const operationContext = 'o1';
const ann = { rawId: '8:acs:ann', participantId: 'p1', isMuted: false };
const ben = { rawId: '8:acs:ben', participantId: 'p2', isMuted: false };

const report = {
  conversationId,
  correlationId: null,
  startedBy: null,
  groupId: null,
  isTwoParty: null,
  isRoomsCall: null,
};
const incoming = {
  conversationId,
  correlationId: null,
  from: '4:+14255550142',
  to: '4:+18335550100',
  onBehalfOf: null,
  callerDisplayName: null,
  incomingCallContext: 'context',
  sipHeaders: {},
  voipHeaders: {},
};

const connecting: EventPayload = { type: 'call.connecting', conversationId };
const connected: EventPayload = { type: 'call.connected', conversationId };
const disconnected: EventPayload = {
  type: 'call.disconnected',
  conversationId,
  wasConnected: false,
  reason: null,
};

function roster(...participants: (typeof ann)[]): EventPayload {
  return { type: 'roster.snapshot', sequenceNumber: null, participants };
}

/** The payloads as events, one a second from 1 on. */
function events(...payloads: readonly EventPayload[]): CallEvent[] {
  return payloads.map((payload, index) => callEvent(atSecond(index + 1), payload));
}

describe('reduceCall', () => {
  it.each<readonly [EventPayload, state: string, wasConnected: boolean]>([
    [connecting, 'connecting', false],
    [connected, 'connected', true],
    [{ type: 'call.disconnecting', conversationId, wasConnected: false }, 'disconnecting', false],
    [{ type: 'call.disconnecting', conversationId, wasConnected: true }, 'disconnecting', true],
    [disconnected, 'disconnected', false],
    [{ ...disconnected, wasConnected: true }, 'disconnected', true],
    [{ type: 'call.note', note: 'Hold', conversationId: 'c1' }, 'unknown', false],
    [roster(), 'unknown', false],
    [roster(ann), 'connected', true],
    [{ type: 'tone.received', sequenceId: 1, tone: 'one' }, 'connected', true],
    [{ type: 'play.started', operationContext, result }, 'unknown', false],
    [{ type: 'play.completed', operationContext, result }, 'connected', true],
    [{ type: 'play.canceled', operationContext, result }, 'connected', true],
    [{ type: 'play.failed', operationContext, result }, 'unknown', false],
    [{ type: 'participant.addStarted', operationContext, result, participants: [] }, 'unknown', false],
    [{ type: 'participant.addSucceeded', operationContext, result, participants: [] }, 'unknown', false],
    [{ type: 'participant.addFailed', operationContext, result, participants: [] }, 'unknown', false],
    [
      { type: 'input.collected', operationContext, result, input: { kind: 'tones', tones: ['one'] } },
      'connected',
      true,
    ],
    [{ type: 'input.failed', operationContext, result }, 'unknown', false],
    [{ type: 'transfer.accepted', operationContext, result }, 'connected', true],
    [{ type: 'transfer.failed', operationContext, result }, 'unknown', false],
    [{ type: 'dtmf.sent', operationContext, result }, 'connected', true],
    [{ type: 'transcription.started', operationContext, result }, 'unknown', false],
    [
      { type: 'call.failed', stage: 'create', operationContext, conversationId, reason: null },
      'disconnected',
      false,
    ],
    [{ type: 'report.callStarted', ...report }, 'unknown', false],
    [{ type: 'call.incoming', ...incoming }, 'connecting', false],
    [
      { type: 'recording.state', recordingId: 'r1', state: 'active', startedAt: null, conversationId },
      'unknown',
      false,
    ],
    [{ type: 'unknown', wireType: 'Unknown', raw: {} }, 'unknown', false],
  ])('takes %j alone for a call that is %s', (payload, state, wasConnected) => {
    expect(fold(events(payload)).call).toMatchObject({ state, wasConnected, connectedAt: timeIf(payload) });
  });

  it('begins a call with any event, under the key it is given', () => {
    const event = callEvent(atSecond(1), connecting, { wireId: 'leg-7' });

    expect(reduceCall(undefined, event, 'c42').call).toMatchObject({ callKey: 'c42', wireId: 'leg-7' });
  });

  it('takes the wire id from the first event that has one, and keeps it', () => {
    const [nameless, named, other] = events(connecting, connected, disconnected).map((event, index) => ({
      ...event,
      wireId: [null, 'leg-1', 'leg-2'][index] ?? null,
    }));
    if (!nameless || !named || !other) throw new Error('three events were made');

    expect(fold([nameless]).call.wireId).toBeNull();
    expect(fold([nameless, named]).call.wireId).toBe('leg-1');
    expect(fold([nameless, named, other]).call.wireId).toBe('leg-1');
  });

  it('has a handler for every type of event', () => {
    const types: readonly EventType[] = [
      'call.incoming',
      'call.connecting',
      'call.connected',
      'call.disconnecting',
      'call.disconnected',
      'call.failed',
      'call.note',
      'roster.snapshot',
      'tone.received',
      'recording.state',
      'recording.fileReady',
      ...(Object.keys(OPERATION_EVENTS) as EventType[]),
      'report.callStarted',
      'report.callEnded',
      'report.participantAdded',
      'report.participantRemoved',
      'unknown',
      'call.requested',
      'action.requested',
      'action.done',
      'action.failed',
      'action.unknown',
      'timer.fired',
      'call.lost',
    ];

    expect(Object.keys(routingTable)).toEqual(types);
  });

  it.each([
    { name: 'the earliest that is named', ids: [null, 'b', 'a'], expected: { id: 'b', at: atSecond(2) } },
    { name: 'none where none is named', ids: [null, null], expected: null },
  ])('takes for the conversation $name', ({ ids, expected }) => {
    const noted = events(
      ...ids.map(id => ({ type: 'call.note', note: 'Hold', conversationId: id }) as const),
    );

    expect(fold(noted).call.conversation).toEqual(expected);
    expect(fold(noted.toReversed()).call.conversation).toEqual(expected);
  });

  it('takes the smaller of two conversations named at one time', () => {
    const both = ['b', 'a'].map(id => callEvent(atSecond(1), { ...connected, conversationId: id }));

    expect(fold(both).call.conversation).toEqual({ id: 'a', at: atSecond(1) });
    expect(fold(both.toReversed()).call.conversation).toEqual({ id: 'a', at: atSecond(1) });
  });

  it('keeps the reason of the earliest end that gives one', () => {
    const busy = { code: 486, subcode: 560486, message: 'Busy.' };
    const late = { code: 200, subcode: 0, message: 'Fine.' };
    const ends = events(disconnected, { ...disconnected, reason: busy }, { ...disconnected, reason: late });
    const expected = { endedAt: atSecond(1), endReason: { ...busy, at: atSecond(2) } };

    expect(fold(ends).call).toMatchObject(expected);
    expect(fold(ends.toReversed()).call).toMatchObject(expected);
  });

  it('learns after the end what comes late, and stays over', () => {
    const [over, ...late] = events(disconnected, connected, {
      type: 'tone.received',
      sequenceId: 1,
      tone: 'one',
    });
    if (!over) throw new Error('an event was made');

    expect(fold([over, ...late]).call).toMatchObject({
      state: 'disconnected',
      wasConnected: true,
      connectedAt: atSecond(2),
      tones: [{ sequenceId: 1 }],
    });
  });
});

describe('the signals of reduceCall', () => {
  const signalsOf = (...payloads: readonly EventPayload[]) => fold(events(...payloads)).signals;

  it('tell of the connection before whatever proves it', () => {
    expect(signalsOf({ type: 'tone.received', sequenceId: 0, tone: 'flash' }, connected)).toEqual([
      { type: 'connected', at: atSecond(1) },
      { type: 'toneReceived', at: atSecond(1), sequenceId: 0, tone: 'flash' },
    ]);
  });

  it('tell of the connection before the end that proves it', () => {
    expect(signalsOf({ ...disconnected, wasConnected: true })).toEqual([
      { type: 'connected', at: atSecond(1) },
      { type: 'disconnected', at: atSecond(1) },
    ]);
  });

  it('tell of an end without a connection', () => {
    expect(signalsOf(connecting, disconnected, disconnected)).toEqual([
      { type: 'disconnected', at: atSecond(2) },
    ]);
  });

  it('tell who is on the call when that changes, and not when somebody is muted', () => {
    const rosters = signalsOf(
      roster(ann),
      roster({ ...ann, isMuted: true }),
      roster(ben, ann),
      roster(ben),
      roster(),
    );

    expect(rosters.filter(({ type }) => type === 'rosterChanged')).toEqual([
      { type: 'rosterChanged', at: atSecond(1), present: [ann.rawId] },
      { type: 'rosterChanged', at: atSecond(3), present: [ann.rawId, ben.rawId] },
      { type: 'rosterChanged', at: atSecond(4), present: [ben.rawId] },
      { type: 'rosterChanged', at: atSecond(5), present: [] },
    ]);
  });

  it('do not tell of a roster that is older than the one known', () => {
    const [older, newer] = events(roster(ben), roster(ann));
    if (!older || !newer) throw new Error('two events were made');

    expect(fold([newer, older]).signals.filter(({ type }) => type === 'rosterChanged')).toEqual([
      { type: 'rosterChanged', at: atSecond(2), present: [ann.rawId] },
    ]);
  });

  it('tell of a tone once, however often and with whatever times it comes', () => {
    const tone: EventPayload = { type: 'tone.received', sequenceId: 1, tone: 'one' };

    expect(signalsOf(connected, tone, tone, { ...tone, tone: 'two' })).toEqual([
      { type: 'connected', at: atSecond(1) },
      { type: 'toneReceived', at: atSecond(2), sequenceId: 1, tone: 'one' },
      { type: 'toneReceived', at: atSecond(4), sequenceId: 1, tone: 'two' },
    ]);
  });

  it('tell of the end of an operation once, and not of its start', () => {
    const play = { operationContext, result };
    const ends = signalsOf(
      connected,
      { type: 'play.started', ...play },
      { type: 'play.failed', ...play },
      { type: 'play.completed', ...play },
    );

    expect(ends.slice(1)).toEqual([
      {
        type: 'operationEnded',
        at: atSecond(3),
        kind: 'playAudio',
        operationContext,
        participants: [],
        status: 'failed',
      },
    ]);
  });

  it('tell of each invited participant once', () => {
    const invite = (type: 'participant.addSucceeded' | 'participant.addFailed', ...participants: string[]) =>
      ({ type, operationContext, result, participants }) as const;
    const ends = signalsOf(
      invite('participant.addSucceeded', 'ann'),
      invite('participant.addFailed', 'ben'),
      invite('participant.addFailed', 'ann', 'ben'),
      invite('participant.addFailed'),
    );

    expect(ends).toMatchObject([
      { at: atSecond(1), kind: 'addParticipants', participants: ['ann'], status: 'completed' },
      { at: atSecond(2), kind: 'addParticipants', participants: ['ben'], status: 'failed' },
    ]);
  });

  it('tell nothing of notes, recordings and unknown events', () => {
    const quiet = signalsOf(
      { type: 'call.note', note: 'Hold', conversationId },
      { type: 'recording.state', recordingId: 'r1', state: 'active', startedAt: null, conversationId },
      { type: 'unknown', wireType: 'Unknown', raw: {} },
    );

    expect(quiet).toEqual([]);
  });
});

function timeIf({ type }: EventPayload) {
  return type === 'call.connected' ? atSecond(1) : null;
}

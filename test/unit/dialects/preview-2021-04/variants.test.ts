import { describe, expect, it } from 'vitest';
import { preview202104 } from '../../../../shared/dialects/preview-2021-04/preview-2021-04.ts';
import {
  CALL_LEG_ID,
  CONVERSATION_ID,
  dtmfReceived,
  element,
  participantsUpdated,
  playAudioResult,
  stateChanged,
} from '../../../support/preview-2021-04-elements.ts';

const AT = '2021-05-05T20:08:39.0157964Z';

function eventOf(wire: unknown) {
  const result = preview202104.read(wire);
  return result.ok ? result.event : result;
}

function payloadOf(wire: unknown) {
  const event = eventOf(wire);
  return 'payload' in event ? event.payload : event;
}

describe('CallLegStateChanged', () => {
  it.each([
    ['Incoming', { type: 'call.connecting' }],
    ['incoming', { type: 'call.connecting' }],
    ['Establishing', { type: 'call.connecting' }],
    ['establishing', { type: 'call.connecting' }],
    ['ESTABLISHING', { type: 'call.connecting' }],
    ['Established', { type: 'call.connected' }],
    ['established', { type: 'call.connected' }],
    ['eStAbLiShEd', { type: 'call.connected' }],
    ['Terminating', { type: 'call.disconnecting', wasConnected: false }],
    ['terminating', { type: 'call.disconnecting', wasConnected: false }],
    ['Terminated', { type: 'call.disconnected', wasConnected: false, reason: null }],
    ['TERMINATED', { type: 'call.disconnected', wasConnected: false, reason: null }],
    ['Unknown', { type: 'call.note', note: 'Unknown' }],
    ['Idle', { type: 'call.note', note: 'Idle' }],
    ['idle', { type: 'call.note', note: 'idle' }],
    ['Hold', { type: 'call.note', note: 'Hold' }],
    ['Unhold', { type: 'call.note', note: 'Unhold' }],
    ['UNHOLD', { type: 'call.note', note: 'UNHOLD' }],
    ['Transferring', { type: 'call.note', note: 'Transferring' }],
    ['Redirecting', { type: 'call.note', note: 'Redirecting' }],
    ['SomethingNew', { type: 'call.note', note: 'SomethingNew' }],
  ])('reads the state %s without a conversation', (state, expected) => {
    expect(payloadOf(stateChanged(state, AT))).toStrictEqual({ conversationId: null, ...expected });
  });

  it.each([
    ['Establishing', { type: 'call.connecting' }],
    ['Established', { type: 'call.connected' }],
    ['Terminating', { type: 'call.disconnecting', wasConnected: true }],
    ['Terminated', { type: 'call.disconnected', wasConnected: true, reason: null }],
    ['Hold', { type: 'call.note', note: 'Hold' }],
  ])('reads the state %s in a conversation', (state, expected) => {
    const wire = stateChanged(state, AT, CONVERSATION_ID);

    expect(payloadOf(wire)).toStrictEqual({ conversationId: CONVERSATION_ID, ...expected });
  });

  it('takes an empty or missing ConversationId for none', () => {
    const empty = element('CallLegStateChanged', { CallState: 'Terminated', ConversationId: '' });
    const missing = element('CallLegStateChanged', { CallState: 'Terminated' });

    const expected = { type: 'call.disconnected', conversationId: null, wasConnected: false, reason: null };
    expect([empty, missing].map(payloadOf)).toStrictEqual([expected, expected]);
  });
});

describe('DtmfReceived', () => {
  it.each([
    ['Tone0', 'zero'],
    ['Tone1', 'one'],
    ['Tone2', 'two'],
    ['Tone3', 'three'],
    ['Tone4', 'four'],
    ['Tone5', 'five'],
    ['Tone6', 'six'],
    ['Tone7', 'seven'],
    ['Tone8', 'eight'],
    ['Tone9', 'nine'],
    ['Star', 'asterisk'],
    ['Pound', 'pound'],
    ['A', 'a'],
    ['B', 'b'],
    ['C', 'c'],
    ['D', 'd'],
    ['Flash', 'flash'],
    ['tone0', 'zero'],
    ['TONE9', 'nine'],
    ['star', 'asterisk'],
    ['POUND', 'pound'],
    ['a', 'a'],
    ['flash', 'flash'],
    ['7', 'seven'],
    ['asterisk', 'asterisk'],
    ['zero', 'zero'],
  ])('reads the tone %s as %s', (wire, tone) => {
    expect(payloadOf(dtmfReceived(3, wire, AT))).toStrictEqual({
      type: 'tone.received',
      sequenceId: 3,
      tone,
    });
  });

  it.each([
    [0, 0],
    [1, 1],
    [2_147_483_648, 2_147_483_648],
    ['12', 12],
  ])('reads the SequenceId %j', (wire, sequenceId) => {
    const data = { ToneInfo: { SequenceId: wire, Tone: 'Tone1' } };

    expect(payloadOf(element('DtmfReceived', data))).toMatchObject({ sequenceId });
  });
});

describe('PlayAudioResult', () => {
  const cancelled = { code: 400, subcode: 8508, message: '400/8508' };
  const failed = { code: 400, subcode: 8536, message: '400/8536' };
  const completed = { code: 200, subcode: 0, message: '200/0' };

  it.each([
    ['Completed', completed, 'play.completed'],
    ['completed', completed, 'play.completed'],
    ['Completed', null, 'play.completed'],
    ['Completed', cancelled, 'play.canceled'],
    ['Failed', cancelled, 'play.canceled'],
    ['Running', cancelled, 'play.canceled'],
    ['Cancelled', null, 'play.canceled'],
    ['Canceled', null, 'play.canceled'],
    ['Failed', failed, 'play.failed'],
    ['failed', null, 'play.failed'],
    ['Failed', completed, 'play.failed'],
    ['Completed', failed, 'play.failed'],
    ['Running', failed, 'play.failed'],
    ['Running', null, 'play.started'],
    ['running', completed, 'play.started'],
    ['NotStarted', null, 'play.started'],
    ['notStarted', null, 'play.started'],
  ])('reads the status %s with the result %j as %s', (status, result, type) => {
    const code = result === null ? {} : { code: result.code, subcode: result.subcode };
    const wire = playAudioResult(status, AT, code);

    expect(payloadOf(wire)).toStrictEqual({ type, operationContext: 'play-1', result });
  });

  it.each([[null], ['']])('takes the OperationContext %j for none', operationContext => {
    expect(payloadOf(playAudioResult('Running', AT, { operationContext }))).toMatchObject({
      operationContext: null,
    });
  });

  it('reads a result with members missing, and numbers that are written as text', () => {
    const some = { Status: 'Completed', ResultInfo: { Code: '200' } };
    const none = { Status: 'Completed', ResultInfo: {} };

    expect([some, none].map(data => payloadOf(element('PlayAudioResult', data)))).toMatchObject([
      { type: 'play.completed', result: { code: 200, subcode: null, message: null } },
      { type: 'play.completed', result: { code: null, subcode: null, message: null } },
    ]);
  });
});

describe('InviteParticipantResult', () => {
  const Participants = [
    { RawId: '4:+14255550142', PhoneNumber: { Value: '+14255550142' } },
    { CommunicationUser: { Id: '8:acs:ann' } },
  ];

  it.each([
    ['Completed', null, 'participant.addSucceeded', null],
    [
      'Completed',
      { Code: 200, Subcode: 0, Message: 'Fine.' },
      'participant.addSucceeded',
      { code: 200, subcode: 0, message: 'Fine.' },
    ],
    ['Failed', null, 'participant.addFailed', null],
    [
      'Failed',
      { Code: 486, Subcode: 8539, Message: null },
      'participant.addFailed',
      { code: 486, subcode: 8539, message: null },
    ],
    [
      'Completed',
      { Code: 400, Subcode: 8508, Message: null },
      'participant.addFailed',
      { code: 400, subcode: 8508, message: null },
    ],
    [
      'Completed',
      { Code: 500, Subcode: 9999, Message: null },
      'participant.addFailed',
      { code: 500, subcode: 9999, message: null },
    ],
    ['Running', null, 'participant.addStarted', null],
    ['notStarted', null, 'participant.addStarted', null],
  ])('reads the status %s with the result %j as %s', (Status, ResultInfo, type, result) => {
    const data = { Status, ResultInfo, OperationContext: 'invite-1', Participants };

    expect(payloadOf(element('InviteParticipantResult', data))).toStrictEqual({
      type,
      operationContext: 'invite-1',
      result,
      participants: ['4:+14255550142', '8:acs:ann'],
    });
  });

  it.each([[null], [undefined], [[]]])('reads the participants %j as none', participants => {
    const data = { Status: 'Completed', Participants: participants };

    expect(payloadOf(element('InviteParticipantResult', data))).toMatchObject({ participants: [] });
  });
});

describe('ParticipantsUpdated', () => {
  it.each([
    [{ CommunicationUser: { Id: '8:acs:7c1f_0001' } }, '8:acs:7c1f_0001'],
    [{ PhoneNumber: { Value: '+14255550142' } }, '4:+14255550142'],
    [{ MicrosoftTeamsUser: { UserId: 'ann' } }, '8:orgid:ann'],
    [{ MicrosoftTeamsUser: { UserId: 'ann', IsAnonymous: false, Cloud: 'public' } }, '8:orgid:ann'],
    [{ MicrosoftTeamsUser: { UserId: 'ann', IsAnonymous: null, Cloud: null } }, '8:orgid:ann'],
    [{ MicrosoftTeamsUser: { UserId: 'ann', Cloud: 'Dod' } }, '8:dod:ann'],
    [{ MicrosoftTeamsUser: { UserId: 'ann', Cloud: 'gcch' } }, '8:gcch:ann'],
    [{ MicrosoftTeamsUser: { UserId: 'ann', Cloud: 'constructor' } }, '8:orgid:ann'],
    [{ MicrosoftTeamsUser: { UserId: 'ann', IsAnonymous: true, Cloud: 'dod' } }, '8:teamsvisitor:ann'],
    [{ RawId: '', CommunicationUser: { Id: '8:acs:7c1f_0001' } }, '8:acs:7c1f_0001'],
    [{ RawId: '4:anonymous', PhoneNumber: { Value: '+14255550142' } }, '4:anonymous'],
    [{ RawId: '28:orgid:bot' }, '28:orgid:bot'],
  ])('makes of the identifier %j the rawId %s', (identifier, rawId) => {
    const others = { RawId: null, CommunicationUser: null, PhoneNumber: null, MicrosoftTeamsUser: null };
    const Participants = [{ Identifier: { ...others, ...identifier }, ParticipantId: 'p1', IsMuted: true }];

    expect(payloadOf(element('ParticipantsUpdated', { Participants }))).toStrictEqual({
      type: 'roster.snapshot',
      sequenceNumber: null,
      participants: [{ rawId, participantId: 'p1', isMuted: true }],
    });
  });

  it('reads an empty roster', () => {
    expect(payloadOf(participantsUpdated([], AT))).toMatchObject({ participants: [] });
  });

  it('takes a participant without ParticipantId and IsMuted as present and audible', () => {
    const Participants = [{ Identifier: { RawId: '8:acs:ann' } }];

    expect(payloadOf(element('ParticipantsUpdated', { Participants }))).toMatchObject({
      participants: [{ rawId: '8:acs:ann', participantId: null, isMuted: false }],
    });
  });
});

describe('CallRecordingStateChanged', () => {
  it.each([
    ['Active', 'active'],
    ['inactive', 'inactive'],
    ['INACTIVE', 'inactive'],
  ])('reads the state %s as %s', (State, state) => {
    const data = { RecordingId: 'r1', State, StartDateTime: null, ConversationId: null };

    expect(payloadOf(element('CallRecordingStateChanged', data))).toStrictEqual({
      type: 'recording.state',
      recordingId: 'r1',
      state,
      startedAt: null,
      conversationId: null,
    });
  });
});

describe('the envelope', () => {
  it.each([
    ['2021-05-05T20:08:39Z', '2021-05-05T20:08:39.0000000Z'],
    ['2021-05-05T20:08:39.5Z', '2021-05-05T20:08:39.5000000Z'],
    ['2021-05-05T20:08:39.0157964+00:00', '2021-05-05T20:08:39.0157964Z'],
    ['2021-05-05T22:08:39.0157964+02:00', '2021-05-05T20:08:39.0157964Z'],
    ['2021-05-05T13:08:39.0157964-07:00', '2021-05-05T20:08:39.0157964Z'],
    ['2021-05-05T20:08:39.015796487Z', '2021-05-05T20:08:39.0157964Z'],
    ['2021-05-05T20:08:39.0157964', '2021-05-05T20:08:39.0157964Z'],
  ])('reads the time %s as %s', (eventTime, at) => {
    expect(eventOf(stateChanged('Established', eventTime))).toMatchObject({ at });
  });

  it('takes the call leg from the subject when the data has none', () => {
    const { CallLegId: _, ...data } = stateChanged('Established', AT).data as Record<string, unknown>;

    expect(eventOf({ ...stateChanged('Established', AT), data })).toMatchObject({ wireId: CALL_LEG_ID });
  });

  it.each([[null], [''], [17], ['x'.repeat(257)]])(
    'takes the call leg from the subject when the one in the data is %j',
    CallLegId => {
      const data = { CallState: 'Established', CallLegId };

      expect(eventOf({ ...stateChanged('Established', AT), data })).toMatchObject({ wireId: CALL_LEG_ID });
    },
  );

  it('prefers the call leg in the data to the one in the subject', () => {
    const subject = 'callLeg/another/callState';

    expect(eventOf({ ...stateChanged('Established', AT), subject })).toMatchObject({ wireId: CALL_LEG_ID });
  });

  it.each([[null], [undefined], [''], ['somewhere/else'], ['callLeg/']])(
    'knows no call leg when the data has none and the subject is %j',
    subject => {
      const wire = { ...stateChanged('Established', AT), subject, data: { CallState: 'Established' } };

      expect(eventOf(wire)).toMatchObject({ wireId: null, payload: { type: 'call.connected' } });
    },
  );

  it.each([[null], [undefined], ['']])('takes the id %j for none', id => {
    expect(eventOf({ ...stateChanged('Established', AT), id })).toMatchObject({ eventId: null });
  });

  it.each([
    ['Microsoft.Communication.DtmfReceived'],
    ['microsoft.communication.dtmfreceived'],
    ['MICROSOFT.COMMUNICATION.DTMFRECEIVED'],
    ['DtmfReceived'],
  ])('knows the type %s, and keeps its spelling', eventType => {
    expect(eventOf({ ...dtmfReceived(1, 'Tone1', AT), eventType })).toMatchObject({
      wireType: eventType,
      payload: { type: 'tone.received' },
    });
  });

  it('prefers the spelling in small letters when both are there', () => {
    const both = { CallState: 'Terminated', callState: 'Established' };

    expect(payloadOf(element('CallLegStateChanged', both))).toMatchObject({ type: 'call.connected' });
  });
});

describe('an event of an unknown type', () => {
  it('is kept when it has no data at all, and a number for its id', () => {
    const wire = { id: 7, subject: `callLeg/${CALL_LEG_ID}/x`, eventType: 'Foo', eventTime: AT };

    expect(preview202104.read(wire)).toMatchObject({
      ok: true,
      event: { eventId: '7', wireId: CALL_LEG_ID, payload: { type: 'unknown', raw: wire } },
    });
  });

  const wire = { ...element('CallQualityChanged', { Score: 4.5 }), id: 'q-1' };

  it('is kept whole', () => {
    expect(eventOf(wire)).toStrictEqual({
      wireType: 'Microsoft.Communication.CallQualityChanged',
      wireId: CALL_LEG_ID,
      eventId: 'q-1',
      at: '2021-05-05T20:00:00.0000000Z',
      payload: { type: 'unknown', wireType: 'Microsoft.Communication.CallQualityChanged', raw: wire },
    });
  });

  it.each([[null], [undefined], ['text'], [[1, 2]]])('is kept when its data is %j', data => {
    const bare = { ...wire, data };

    expect(eventOf(bare)).toMatchObject({ wireId: CALL_LEG_ID, payload: { type: 'unknown', raw: bare } });
  });

  it('is kept when it belongs to a later preview', () => {
    const later = {
      ...wire,
      subject: null,
      eventType: 'Microsoft.Communication.CallConnectionStateChanged',
      data: { callConnectionId: 'connection-1', callConnectionState: 'connected' },
    };

    expect(eventOf(later)).toMatchObject({ wireId: 'connection-1', payload: { type: 'unknown' } });
  });
});

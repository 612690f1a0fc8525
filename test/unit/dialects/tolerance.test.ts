import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../shared/dialects/dialects.ts';
import { ga } from '../../../shared/dialects/ga/ga.ts';
import type { EventTime } from '../../../shared/domain/event-time.ts';

const SOURCE = 'calling/callConnections/connection-1';
const TOPIC = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Communication/CommunicationServices/acs';

function cloudEvent(type: string, data: unknown, envelope: object = {}) {
  return {
    id: 'event-1',
    source: SOURCE,
    type: `Microsoft.Communication.${type}`,
    time: '2026-03-18T00:05:00.1234567+00:00',
    specversion: '1.0',
    data,
    ...envelope,
  };
}

const fromEventGrid = (type: string, data: unknown) =>
  cloudEvent(type, data, { source: TOPIC, subject: '/recording/call/c/serverCallId/s/recordingId/r' });

function read(element: unknown) {
  const dialect = dialectOf(element);
  const result = dialect?.read(element);
  if (result?.ok !== true) throw new Error(JSON.stringify(result?.issues));
  return { dialect: dialect?.name, ...result.event };
}

const payloadOf = (element: unknown) => read(element).payload;

const PARTICIPANT = { rawId: '4:+14255550142' };
const INCOMING = {
  to: { rawId: '8:acs:r_u' },
  from: PARTICIPANT,
  serverCallId: 's',
  incomingCallContext: 'c',
};

describe('an outcome is read, whatever is odd beside it', () => {
  it.each([
    [
      'a participant without any name',
      'AddParticipantSucceeded',
      { participant: {} },
      'participant.addSucceeded',
    ],
    ['a kind that is new', 'CallTransferAccepted', { transferee: { kind: 'new' } }, 'transfer.accepted'],
    [
      'a code that is no number',
      'PlayFailed',
      { resultInformation: { code: '', subCode: 'n/a' } },
      'play.failed',
    ],
    ['a result in words', 'PlayFailed', { resultInformation: 'went wrong' }, 'play.failed'],
    [
      'SIP details without a number',
      'CallDisconnected',
      { resultInformation: { sipDetails: { code: '-' } } },
      'call.disconnected',
    ],
    [
      'no start of a recording',
      'RecordingStateChanged',
      { recordingId: 'r', state: 'active', startDateTime: '' },
      'recording.state',
    ],
  ])('%s', (_, type, data, expected) => {
    expect(payloadOf(cloudEvent(type, data)).type).toBe(expected);
  });

  it('has the code of the DiagCode at the end of a message that is cut', () => {
    const resultInformation = { code: 0, subCode: 0, message: `${'x'.repeat(2_000)} DiagCode: 0#560000.@` };

    const payload = payloadOf(cloudEvent('CallDisconnected', { resultInformation }));

    expect(payload).toMatchObject({ reason: { subcode: 560_000, message: 'x'.repeat(1_024) } });
  });

  it.each([
    [
      {
        recognitionType: 'speech',
        dtmfResult: { tones: null },
        choiceResult: { label: null },
        speechResult: { speech: 'yes', confidence: '0.8' },
      },
      { kind: 'speech', speech: 'yes', confidence: 0.8 },
    ],
    [
      { dtmfResult: { tones: null }, collectTonesResult: { tones: ['#', '*', '5'] } },
      { kind: 'tones', tones: ['pound', 'asterisk', 'five'] },
    ],
  ])('reads the input that is there: %j', (data, input) => {
    expect(payloadOf(cloudEvent('RecognizeCompleted', data))).toMatchObject({ input });
  });

  it.each([
    ['AddParticipantsSucceeded', 'participant.addSucceeded'],
    ['AddParticipantsFailed', 'participant.addFailed'],
  ])('takes %s of the first betas', (type, expected) => {
    const data = {
      operationContext: 'c',
      participants: [PARTICIPANT, { phoneNumber: { value: '+14255550143' } }],
    };

    expect(payloadOf(cloudEvent(type, data))).toMatchObject({
      type: expected,
      operationContext: 'c',
      participants: ['4:+14255550142', '4:+14255550143'],
    });
  });
});

describe('a roster', () => {
  it('is of GA in PascalCase, too', () => {
    const data = {
      SequenceNumber: '12345678901',
      Participants: [{ Identifier: PARTICIPANT, IsMuted: 'true' }],
    };

    const { data: _, ...envelope } = cloudEvent('ParticipantsUpdated', undefined);
    expect(read({ ...envelope, Data: data })).toMatchObject({
      dialect: 'ga',
      payload: { sequenceNumber: 12_345_678_901, participants: [{ isMuted: true }] },
    });
  });

  it('is of GA where it tells who is on hold', () => {
    const data = { participants: [{ identifier: PARTICIPANT, isMuted: false, isOnHold: true }] };

    expect(read(cloudEvent('ParticipantsUpdated', data))).toMatchObject({
      dialect: 'ga',
      payload: { participants: [{ isOnHold: true }] },
    });
  });
});

describe('an envelope', () => {
  it('may leave the time out: then the event happened when it came', () => {
    const { time: _, ...element } = cloudEvent('CallConnected', {});
    const receivedAt = '2026-03-18T00:05:09.0000000Z' as EventTime;

    expect(dialectOf(element)?.read(element, receivedAt)).toMatchObject({
      ok: true,
      event: { at: receivedAt },
    });
    expect(dialectOf(element)?.read(element)).toMatchObject({ ok: false, issues: [{ pointer: '/time' }] });
  });

  it.each([
    ['PlayCompleted', 'play.completed'],
    ['CallConnected', 'call.connected'],
  ])('may leave the data of %s out', (type, expected) => {
    expect(read(cloudEvent(type, null))).toMatchObject({
      wireId: 'connection-1',
      payload: { type: expected },
    });
    expect(payloadOf(cloudEvent(type, undefined)).type).toBe(expected);
  });

  const base64 = (data: unknown) => Buffer.from(JSON.stringify(data)).toString('base64');

  it.each([
    ['ga', 'ParticipantsUpdated', {}, { SequenceNumber: 3, participants: [] }, { sequenceNumber: 3 }],
    ['event-grid', 'IncomingCall', { source: TOPIC }, INCOMING, { from: PARTICIPANT.rawId }],
    ['preview-2021-08', 'PlayAudioResult', {}, { status: 'failed' }, { type: 'play.failed' }],
  ])('may carry its data in base64 (%s)', (dialect, type, envelope, data, payload) => {
    const { data: _, ...rest } = cloudEvent(type, undefined, envelope);

    expect(read({ ...rest, data_base64: base64(data) })).toMatchObject({ dialect, payload });
  });

  it.each(['%%%', base64('text'), Buffer.from('['.repeat(100_000) + ']'.repeat(100_000)).toString('base64')])(
    'is malformed with base64 that holds no data',
    data_base64 => {
      const { data: _, ...rest } = cloudEvent('RecordingStateChanged', undefined);

      expect(ga.read({ ...rest, data_base64 })).toMatchObject({ ok: false });
    },
  );

  it('may have an empty id', () => {
    expect(read(cloudEvent('CallConnected', {}, { id: '' })).eventId).toBeNull();
  });

  it('may spell SpecVersion so', () => {
    const element = { Type: 'Contoso.New', SpecVersion: '1.0', Id: '1', Time: '2026-03-18T00:05:00Z' };

    expect(payloadOf(element).type).toBe('unknown');
  });
});

describe('the previews', () => {
  it('may spell subCode so: a cancelled operation is no failed one', () => {
    const data = { status: 'Completed', resultInfo: { code: 400, subCode: 8508, message: 'm' } };

    expect(payloadOf(cloudEvent('PlayAudioResult', data))).toMatchObject({
      type: 'play.canceled',
      result: { code: 400, subcode: 8508 },
    });
  });
});

describe('Event Grid', () => {
  it.each([
    [
      'headers of other types',
      { customContext: { sipHeaders: { 'X-A': 'b', 'X-N': 5, 'X-Z': null }, voipHeaders: { v: true } } },
      { sipHeaders: { 'X-A': 'b', 'X-N': '5' }, voipHeaders: { v: 'true' } },
    ],
    ['a callee of a new kind', { onBehalfOfCallee: { kind: 'new' } }, { onBehalfOf: null }],
    [
      'PascalCase',
      { from: { Kind: 'PhoneNumber', PhoneNumber: { Value: '+14255550142' } } },
      { from: '4:+14255550142' },
    ],
  ])('lets a call ring with %s', (_, data, expected) => {
    expect(payloadOf(fromEventGrid('IncomingCall', { ...INCOMING, ...data }))).toMatchObject(expected);
  });

  it.each([
    [
      'CallEnded',
      { durationOfCall: '34.5', isTwoParty: 'true' },
      { durationSeconds: 34.5, isTwoParty: true },
    ],
    ['CallEnded', { reason: 'hung up', group: 'g' }, { reason: null, groupId: null }],
    ['RecordingFileStatusUpdated', { recordingDurationMs: '6620' }, { durationMs: 6_620 }],
  ])('reads %s with %j', (type, data, expected) => {
    expect(payloadOf(fromEventGrid(type, { serverCallId: 's', ...data }))).toMatchObject(expected);
  });
});

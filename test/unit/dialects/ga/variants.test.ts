import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../../shared/dialects/dialects.ts';
import { fingerprintOf } from '../../../../shared/dialects/fingerprint.ts';
import { ga } from '../../../../shared/dialects/ga/ga.ts';

const SOURCE = 'calling/callConnections/connection-1';

function gaEvent(type: string, data: unknown, envelope: object = {}) {
  return {
    id: 'event-1',
    source: SOURCE,
    subject: SOURCE,
    type: `Microsoft.Communication.${type}`,
    time: '2026-03-18T00:05:00.1234567+00:00',
    specversion: '1.0',
    data,
    ...envelope,
  };
}

function read(element: unknown) {
  const result = ga.read(element);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.event;
}

const payloadOf = (type: string, data: unknown) => read(gaEvent(type, data)).payload;

function issuesOf(type: string, data: unknown) {
  const result = ga.read(gaEvent(type, data));
  return result.ok ? [] : result.issues.map(({ pointer }) => pointer);
}

describe('ga', () => {
  it.each([
    'AnswerCallFailed',
    'SendDtmfCompleted',
    'SendDtmfFailed',
    'MoveParticipantsFailed',
    'PlayPaused',
    'PlayResumed',
    'HoldAudioStarted',
    'HoldAudioPaused',
    'HoldAudioResumed',
    'HoldAudioCompleted',
    'TranscriptionCallSummaryUpdated',
    'PlayCompleted',
    'CallConnected',
    'RecognizeCompleted',
  ])('reads %s with nothing in its data', type => {
    expect(payloadOf(type, {}).type).not.toBe('unknown');
    expect(payloadOf(type, { operationContext: null, resultInformation: null }).type).not.toBe('unknown');
  });

  it('takes what it reads of an unknown type whole', () => {
    const element = gaEvent('SomethingNew', { anything: [1, { deep: true }] });

    expect(dialectOf(element)).toBe(ga);
    expect(read(element).payload).toEqual({
      type: 'unknown',
      wireType: 'Microsoft.Communication.SomethingNew',
      raw: element,
    });
  });

  it.each([
    ['in the data', { data: { callConnectionId: 'c-9' }, source: 'x', subject: 'y' }, 'c-9'],
    ['in the source', { data: {}, subject: null }, 'connection-1'],
    ['in the subject', { data: {}, source: null }, 'connection-1'],
    ['with a suffix', { data: {}, source: `${SOURCE}/PlayCompleted`, subject: null }, 'connection-1'],
    ['nowhere', { data: {}, source: null, subject: null }, null],
  ])('finds the call %s', (_, envelope, wireId) => {
    expect(read(gaEvent('PlayCompleted', {}, envelope)).wireId).toBe(wireId);
  });

  it('tells deliveries of one event by source and id, whatever else differs', () => {
    const first = fingerprintOf(read(gaEvent('CallConnected', { serverCallId: 's' })));
    const again = gaEvent('callconnected', {}, { time: '2026-03-18T00:06:00Z' });
    const elsewhere = gaEvent('CallConnected', {}, { source: 'calling/callConnections/other' });
    const other = gaEvent('CallConnected', {}, { id: 'event-2' });

    expect(fingerprintOf(read(again))).toBe(first);
    expect(fingerprintOf(read(elsewhere))).not.toBe(first);
    expect(fingerprintOf(read(other))).not.toBe(first);
  });

  it.each([
    ['code and subcode', { code: 486, subCode: 560486 }, { code: 486, subcode: 560486, message: null }],
    ['their names of 2022', { code: 400, subcode: 8508 }, { code: 400, subcode: 8508, message: null }],
    ['text for numbers', { code: '400', subCode: '8508' }, { code: 400, subcode: 8508, message: null }],
    [
      'the message where they are missing',
      { message: 'Over. DiagCode: 0#560000.@' },
      { code: 0, subcode: 560000, message: 'Over. DiagCode: 0#560000.@' },
    ],
    [
      'the message where the subcode is 0',
      { code: 487, subCode: 0, message: 'Over. DiagCode: 487#10004.@' },
      { code: 487, subcode: 10004, message: 'Over. DiagCode: 487#10004.@' },
    ],
    [
      'the subcode where the message says another',
      { code: 200, subCode: 7000, message: 'DiagCode: 0#560000.@' },
      { code: 200, subcode: 7000, message: 'DiagCode: 0#560000.@' },
    ],
    [
      'SIP and Q.850',
      { code: 603, sipDetails: { code: 603, message: 'Decline' }, q850Details: { code: 21 } },
      { code: 603, subcode: null, message: null, sipCode: 603, q850Code: 21 },
    ],
    [
      'SIP alone',
      { sipDetails: { code: 486 }, q850Details: null },
      { code: null, subcode: null, message: null, sipCode: 486 },
    ],
  ])('takes a result from %s', (_, resultInformation, reason) => {
    expect(payloadOf('CallDisconnected', { resultInformation })).toStrictEqual({
      type: 'call.disconnected',
      conversationId: null,
      wasConnected: false,
      reason,
    });
  });

  it('understands the names of 2022', () => {
    expect(
      payloadOf('RecognizeCompleted', {
        type: 'recognizeCompleted',
        eventSource: SOURCE,
        version: '2022-04-07-preview',
        resultInfo: { code: 200, subcode: 8531, message: 'Done.' },
        recognitionType: 'dtmf',
        collectTonesResult: { tones: ['one', 'pound'] },
      }),
    ).toStrictEqual({
      type: 'input.collected',
      operationContext: null,
      result: { code: 200, subcode: 8531, message: 'Done.' },
      input: { kind: 'tones', tones: ['one', 'pound'] },
    });
    expect(
      payloadOf('ContinuousDtmfRecognitionToneReceived', { toneInfo: { sequenceId: 3, tone: 'Asterisk' } }),
    ).toEqual({ type: 'tone.received', sequenceId: 3, tone: 'asterisk' });
  });

  it.each([
    ['dtmf', { recognitionType: 'DTMF', dtmfResult: { tones: [] }, choiceResult: { label: 'x' } }, 'tones'],
    [
      'choices',
      { recognitionType: 'choices', dtmfResult: { tones: [] }, choiceResult: { label: 'x' } },
      'choice',
    ],
    ['speech', { recognitionType: 'Speech', speechResult: { speech: 'x' } }, 'speech'],
    ['no type', { speechResult: { speech: 'x' }, dtmfResult: null }, 'speech'],
    ['no result', { recognitionType: 'speech' }, undefined],
  ])('knows what was heard with %s', (_, data, kind) => {
    const payload = payloadOf('RecognizeCompleted', data);

    expect(payload.type === 'input.collected' && payload.input?.kind).toBe(kind);
  });

  it.each([
    ['a user', { kind: 'communicationUser', communicationUser: { id: '8:acs:ann' } }, '8:acs:ann'],
    ['a telephone', { kind: 'PhoneNumber', phoneNumber: { value: '+14255550142' } }, '4:+14255550142'],
    ['a Teams user', { kind: 'microsoftTeamsUser', microsoftTeamsUser: { userId: 'u' } }, '8:orgid:u'],
    [
      'a Teams user of a cloud',
      { kind: 'MICROSOFTTEAMSUSER', microsoftTeamsUser: { userId: 'u', isAnonymous: false, cloud: 'gcch' } },
      '8:gcch:u',
    ],
    ['a Teams visitor', { microsoftTeamsUser: { userId: 'u', isAnonymous: true } }, '8:teamsvisitor:u'],
    ['a Teams app', { microsoftTeamsApp: { appId: 'a', cloud: 'public' } }, '28:orgid:a'],
    ['a Teams app of a cloud', { microsoftTeamsApp: { appId: 'a', cloud: 'dod' } }, '28:dod:a'],
    [
      'a Teams extension',
      { teamsExtensionUser: { resourceId: 'r', tenantId: 't', userId: 'u' } },
      '8:acs:r_t_u',
    ],
    [
      'a Teams extension of a cloud',
      { teamsExtensionUser: { resourceId: 'r', tenantId: 't', userId: 'u', cloud: 'gcch' } },
      '8:gcch-acs:r_t_u',
    ],
    ['a raw id before all', { rawId: '4:anonymous', phoneNumber: { value: '+1' } }, '4:anonymous'],
  ])('spells %s as a raw id', (_, identifier, rawId) => {
    const roster = payloadOf('ParticipantsUpdated', {
      sequenceNumber: 1,
      participants: [{ identifier }, identifier],
    });

    expect(roster).toEqual({
      type: 'roster.snapshot',
      sequenceNumber: 1,
      participants: [1, 2].map(() => ({ rawId, participantId: null, isMuted: false })),
    });
  });

  it('keeps further members of an operation for the journal, and cuts what is long', () => {
    const long = 'x'.repeat(5_000);

    expect(
      payloadOf('TranscriptionCallSummaryUpdated', {
        callConnectionId: 'c',
        summary: long,
        nothing: '',
        list: ['kept', 'too'],
        more: { number: 7, flag: true },
      }),
    ).toEqual({
      type: 'transcription.updated',
      operationContext: null,
      result: null,
      details: { summary: long.slice(0, 4_096), 0: 'kept', 1: 'too', number: 7 },
    });
  });

  it.each([
    ['ParticipantsUpdated', { sequenceNumber: 1 }, '/data/participants'],
    [
      'ParticipantsUpdated',
      { participants: [{ identifier: { kind: 'unknown' } }] },
      '/data/participants/0/identifier',
    ],
    ['ContinuousDtmfRecognitionToneReceived', { sequenceId: 1, tone: 'eleven' }, '/data/tone'],
    ['ContinuousDtmfRecognitionToneReceived', { sequenceId: -1, tone: 'one' }, '/data/sequenceId'],
    ['RecordingStateChanged', { state: 'active' }, '/data/recordingId'],
    ['RecordingStateChanged', { recordingId: 'r', state: 3 }, '/data/state'],
    ['RecognizeCompleted', { dtmfResult: { tones: ['eleven'] } }, '/data/dtmfResult/tones/0'],
    ['PlayCompleted', 'no object', '/data'],
  ])('refuses %s with %j', (type, data, pointer) => {
    expect(issuesOf(type, data)).toEqual([pointer]);
  });
});

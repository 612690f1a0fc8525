import { describe, expect, it } from 'vitest';
import { preview202104 } from '../../../../shared/dialects/preview-2021-04/preview-2021-04.ts';
import { element, stateChanged } from '../../../support/preview-2021-04-elements.ts';

const AT = '2021-05-05T20:08:39.0157964Z';
const established = stateChanged('Established', AT);
const { eventTime: _eventTime, ...timeless } = established;
const { data: _data, ...dataless } = established;

const tone = (ToneInfo: unknown) => element('DtmfReceived', { ToneInfo });
const roster = (...Participants: unknown[]) => element('ParticipantsUpdated', { Participants });

describe('preview202104.read on a malformed element', () => {
  it.each<{ readonly name: string; readonly wire: unknown; readonly pointers: readonly string[] }>([
    { name: 'the time is missing', wire: timeless, pointers: ['/eventTime'] },
    {
      name: 'the time is missing in an envelope in PascalCase',
      wire: { EventType: 'Microsoft.Communication.DtmfReceived', Data: {} },
      pointers: ['/EventTime'],
    },
    { name: 'the time is null', wire: { ...established, eventTime: null }, pointers: ['/eventTime'] },
    {
      name: 'the time is no time',
      wire: { ...established, eventTime: 'yesterday' },
      pointers: ['/eventTime'],
    },
    {
      name: 'the time is on 30 February',
      wire: { ...established, eventTime: '2021-02-30T00:00:00Z' },
      pointers: ['/eventTime'],
    },
    {
      name: 'the time is a number',
      wire: { ...established, eventTime: 1620245319 },
      pointers: ['/eventTime'],
    },
    { name: 'the id is an object', wire: { ...established, id: {} }, pointers: ['/id'] },
    { name: 'the id is too long', wire: { ...established, id: 'x'.repeat(1025) }, pointers: ['/id'] },
    { name: 'the subject is an object', wire: { ...established, subject: {} }, pointers: ['/subject'] },
    {
      name: 'the type is too long',
      wire: { ...established, eventType: 'x'.repeat(1025) },
      pointers: ['/eventType'],
    },
    { name: 'the data are missing', wire: dataless, pointers: ['/data'] },
    { name: 'the data are null', wire: { ...established, data: null }, pointers: ['/data'] },
    { name: 'the data are a list', wire: { ...established, data: [] }, pointers: ['/data'] },
    {
      name: 'CallState is missing',
      wire: element('CallLegStateChanged', { ConversationId: null }),
      pointers: ['/data/CallState'],
    },
    {
      name: 'callState is missing in data in camelCase',
      wire: { ...established, data: { callLegId: 'leg-1' } },
      pointers: ['/data/callState'],
    },
    {
      name: 'CallState is a number',
      wire: element('CallLegStateChanged', { CallState: 3 }),
      pointers: ['/data/CallState'],
    },
    {
      name: 'CallState is empty',
      wire: element('CallLegStateChanged', { CallState: '' }),
      pointers: ['/data/CallState'],
    },
    {
      name: 'ConversationId is a list',
      wire: element('CallLegStateChanged', { CallState: 'Established', ConversationId: [] }),
      pointers: ['/data/ConversationId'],
    },
    { name: 'ToneInfo is missing', wire: element('DtmfReceived', {}), pointers: ['/data/ToneInfo'] },
    { name: 'ToneInfo is null', wire: tone(null), pointers: ['/data/ToneInfo'] },
    { name: 'Tone is missing', wire: tone({ SequenceId: 1 }), pointers: ['/data/ToneInfo/Tone'] },
    {
      name: 'Tone is no key',
      wire: tone({ SequenceId: 1, Tone: 'Tone10' }),
      pointers: ['/data/ToneInfo/Tone'],
    },
    {
      name: 'Tone is the name of a member that every object has',
      wire: tone({ SequenceId: 1, Tone: 'constructor' }),
      pointers: ['/data/ToneInfo/Tone'],
    },
    {
      name: 'Tone is __proto__',
      wire: tone({ SequenceId: 1, Tone: '__proto__' }),
      pointers: ['/data/ToneInfo/Tone'],
    },
    {
      name: 'SequenceId is missing',
      wire: tone({ Tone: 'Tone1' }),
      pointers: ['/data/ToneInfo/SequenceId'],
    },
    {
      name: 'SequenceId is negative',
      wire: tone({ SequenceId: -1, Tone: 'Tone1' }),
      pointers: ['/data/ToneInfo/SequenceId'],
    },
    {
      name: 'SequenceId is no whole number',
      wire: tone({ SequenceId: 1.5, Tone: 'Tone1' }),
      pointers: ['/data/ToneInfo/SequenceId'],
    },
    {
      name: 'SequenceId is text that is no number',
      wire: tone({ SequenceId: 'first', Tone: 'Tone1' }),
      pointers: ['/data/ToneInfo/SequenceId'],
    },
    {
      name: 'both members of ToneInfo are missing, beside one that is not known',
      wire: tone({ Volume: 3 }),
      pointers: ['/data/ToneInfo/SequenceId', '/data/ToneInfo/Tone'],
    },
    { name: 'Status is missing', wire: element('PlayAudioResult', {}), pointers: ['/data/Status'] },
    {
      name: 'Status is not known',
      wire: element('PlayAudioResult', { Status: 'Paused' }),
      pointers: ['/data/Status'],
    },
    {
      name: 'ResultInfo is text',
      wire: element('PlayAudioResult', { Status: 'Failed', ResultInfo: 'bad' }),
      pointers: ['/data/ResultInfo'],
    },
    {
      name: 'Code is text that is no number, and Message is a number',
      wire: element('PlayAudioResult', { Status: 'Failed', ResultInfo: { Code: 'E1', Message: 5 } }),
      pointers: ['/data/ResultInfo/Code', '/data/ResultInfo/Message'],
    },
    {
      name: 'no invited participant has an identifier',
      wire: element('InviteParticipantResult', {
        Status: 'Completed',
        Participants: [{ RawId: null }],
      }),
      pointers: ['/data/Participants/0'],
    },
    {
      name: 'Participants are missing',
      wire: element('ParticipantsUpdated', {}),
      pointers: ['/data/Participants'],
    },
    {
      name: 'Participants are an object',
      wire: element('ParticipantsUpdated', { Participants: {} }),
      pointers: ['/data/Participants'],
    },
    {
      name: 'Identifier is missing',
      wire: roster({ ParticipantId: 'p1' }),
      pointers: ['/data/Participants/0/Identifier'],
    },
    {
      name: 'no Identifier names anybody',
      wire: roster({ Identifier: { Kind: 'new' } }, { Identifier: { PhoneNumber: null } }),
      pointers: ['/data/Participants/0/Identifier', '/data/Participants/1/Identifier'],
    },
    {
      name: 'IsMuted is text, behind an Identifier that names nobody',
      wire: roster({ Identifier: {} }, { Identifier: { RawId: '8:acs:ann' }, IsMuted: 'no' }),
      pointers: ['/data/Participants/1/IsMuted'],
    },
    {
      name: 'a phone number has no value',
      wire: roster({ Identifier: { PhoneNumber: { Number: 1 } } }),
      pointers: ['/data/Participants/0/Identifier/PhoneNumber/Value'],
    },
    {
      name: 'IsMuted is text',
      wire: roster({ Identifier: { RawId: '8:acs:ann' }, IsMuted: 'no' }),
      pointers: ['/data/Participants/0/IsMuted'],
    },
    {
      name: 'RawId is too long',
      wire: roster({ Identifier: { RawId: 'x'.repeat(1025) } }),
      pointers: ['/data/Participants/0/Identifier/RawId'],
    },
    {
      name: 'RecordingId and State are missing',
      wire: element('CallRecordingStateChanged', {}),
      pointers: ['/data/RecordingId', '/data/State'],
    },
    {
      name: 'StartDateTime is no time',
      wire: element('CallRecordingStateChanged', {
        RecordingId: 'r1',
        State: 'Active',
        StartDateTime: 'soon',
      }),
      pointers: ['/data/StartDateTime'],
    },
  ])('points at what is wrong when $name', ({ wire, pointers }) => {
    const result = preview202104.read(wire);

    expect(preview202104.recognises(wire)).toBe(true);
    expect(result.ok ? result.event : result.issues.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('says in words what it expected', () => {
    const result = preview202104.read({ ...established, eventTime: 'yesterday' });

    expect(result).toEqual({
      ok: false,
      issues: [
        {
          pointer: '/eventTime',
          message: 'expected an ISO 8601 date-time, such as 2021-05-05T20:08:39.0157964Z',
        },
      ],
    });
  });
});

describe('preview202104.recognises', () => {
  it.each([
    ['null', null],
    ['text', 'text'],
    ['a list', [established]],
    ['an empty object', {}],
    ['an object without a type', { eventTime: AT, data: {} }],
    ['an empty type', { ...established, eventType: '' }],
    ['a type that is a number', { ...established, eventType: 5 }],
    ['a cloud event', { type: 'Microsoft.Communication.CallConnected', specversion: '1.0', data: {} }],
  ])('says no to %s', (_, wire) => {
    expect(preview202104.recognises(wire)).toBe(false);
    expect(preview202104.read(wire).ok).toBe(false);
  });
});

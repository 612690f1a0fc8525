import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../../shared/dialects/dialects.ts';
import { preview202108 } from '../../../../shared/dialects/preview-2021-08/preview-2021-08.ts';
import { fixtureNames, loadFixture } from '../../../support/load-fixture.ts';
import { withKeys } from '../../../support/with-keys.ts';

const CONNECTION = '3f0a1b00-679a-48d6-862d-f7613c885858';
const SERVER_CALL =
  'aHR0cHM6Ly9jb252LWtvY2UtMDIuY29udi5leGFtcGxlLmludmFsaWQvY29udi9KVTBwRE5Wb2N4dzN1a1VRUEJiQ0xRP2k9MTAtNjAtMi0xNCZlPTYzODQxMjM0NTY3ODkwMTIzNA';
const PROMPT = '9915c45e-aa18-4ee2-afb4-56ed3063eae9';
const INVITATION = '3764690b-3b19-4f5a-8908-d15d0942dff3';

interface Golden {
  readonly aspect: string;
  readonly id: string;
  readonly at: string;
  readonly payload: object;
}

const EXPECTED: Readonly<Record<string, Golden>> = {
  'AddParticipantResult.completed.json': {
    aspect: 'addParticipantResult',
    id: '436f7ab9-f341-492d-9152-735848113872',
    at: '05:30:41.0774325',
    payload: {
      type: 'participant.addSucceeded',
      operationContext: INVITATION,
      result: null,
      participants: [],
    },
  },
  'AddParticipantResult.failed.json': {
    aspect: 'addParticipantResult',
    id: 'b828da72-4efd-44f5-a659-1358682d2fda',
    at: '05:30:41.0904858',
    payload: {
      type: 'participant.addFailed',
      operationContext: INVITATION,
      result: { code: 603, subcode: 8538, message: 'The added participant declined.' },
      participants: [],
    },
  },
  'CallConnectionStateChanged.connecting.json': {
    aspect: 'callState',
    id: 'f8985aab-d184-4d10-aef7-4bc61d28199c',
    at: '05:30:00.9006903',
    payload: { type: 'call.connecting', conversationId: null },
  },
  'CallConnectionStateChanged.connected.json': {
    aspect: 'callState',
    id: '1398c0ec-69c4-4cbf-843c-49e226716bc4',
    at: '05:30:12.0504099',
    payload: { type: 'call.connected', conversationId: SERVER_CALL },
  },
  'CallConnectionStateChanged.disconnecting.json': {
    aspect: 'callState',
    id: 'a8a69431-012f-4e4d-a14e-45820764160b',
    at: '05:31:20.1114879',
    payload: { type: 'call.disconnecting', conversationId: SERVER_CALL, wasConnected: true },
  },
  'CallConnectionStateChanged.disconnected.json': {
    aspect: 'callState',
    id: '7a2207a0-e527-4b27-a2fa-6398ec0b7a8d',
    at: '05:31:20.6607390',
    payload: { type: 'call.disconnected', conversationId: SERVER_CALL, wasConnected: true, reason: null },
  },
  'CallRecordingStateChanged.active.json': {
    aspect: 'recordingState',
    id: 'd21c3329-0303-448f-b6e6-52013fcd3e71',
    at: '05:30:14.3006358',
    payload: {
      type: 'recording.state',
      recordingId: 'a514d5f0-7928-4b5c-b2b3-5236f9f9d4d1',
      state: 'active',
      startedAt: '2021-09-02T05:30:14.2210000Z',
      conversationId: SERVER_CALL,
    },
  },
  'DtmfReceived.json': {
    aspect: 'dtmf',
    id: '69cd681c-f92e-4a8d-974b-b8e3ce46bcae',
    at: '05:30:28.8000918',
    payload: { type: 'tone.received', sequenceId: 1, tone: 'one' },
  },
  'ParticipantsUpdated.json': {
    aspect: 'participantsUpdated',
    id: 'de0d079c-ff37-4b2c-a3ad-b31c6fc0077e',
    at: '05:30:12.5002551',
    payload: {
      type: 'roster.snapshot',
      sequenceNumber: null,
      participants: [
        {
          rawId: '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-98a8-4e64-94aa-23437553cba7',
          participantId: 'f9271314-cd9c-45ce-8324-e0df29a402a7',
          isMuted: false,
        },
        { rawId: '4:+14255550142', participantId: '1d2ce502-eb81-42ac-a7ce-a4db67f10c96', isMuted: true },
      ],
    },
  },
  'PlayAudioResult.cancelled.json': {
    aspect: 'playAudio',
    id: 'f71e96b9-7192-4db7-b26b-f9717324bbae',
    at: '05:30:29.0400759',
    payload: {
      type: 'play.canceled',
      operationContext: PROMPT,
      result: { code: 400, subcode: 8508, message: 'The operation was cancelled before it ended.' },
    },
  },
  'PlayAudioResult.completed.json': {
    aspect: 'playAudio',
    id: 'ac7def1f-2eaf-4126-a2b4-0c0b7e96aa16',
    at: '05:30:27.0107520',
    payload: {
      type: 'play.completed',
      operationContext: PROMPT,
      result: { code: 200, subcode: 0, message: 'The prompt was played to the end.' },
    },
  },
  'PlayAudioResult.failed.json': {
    aspect: 'playAudio',
    id: '9fb04718-3462-41d2-9652-24430c470c4d',
    at: '05:30:13.5003555',
    payload: {
      type: 'play.failed',
      operationContext: PROMPT,
      result: { code: 400, subcode: 8535, message: 'The audio file has an unsupported format.' },
    },
  },
};

interface Wire {
  readonly type: string;
  readonly data: object;
}

describe('preview202108 on its fixtures', () => {
  it('has an expectation for every payload', () => {
    expect(fixtureNames('preview-2021-08')).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('reads %s', (name, { aspect, id, at, payload }) => {
    const [element] = loadFixture(`preview-2021-08/${name}`) as [Wire];

    expect(dialectOf(element)).toBe(preview202108);
    expect(preview202108.read(element)).toStrictEqual({
      ok: true,
      event: {
        wireType: element.type,
        wireId: CONNECTION,
        eventId: `calling/callConnections/${CONNECTION}/${aspect}\n${id}`,
        at: `2021-09-02T${at}Z`,
        payload,
      },
    });
  });

  it.each(Object.keys(EXPECTED))('reads %s alike when its keys and its type are spelt otherwise', name => {
    const [element] = loadFixture(`preview-2021-08/${name}`) as [Wire];
    const asIs = preview202108.read(element);
    const spellings = [
      withKeys(element, key => key.charAt(0).toUpperCase() + key.slice(1)),
      { ...element, type: element.type.toUpperCase() },
    ];

    for (const spelling of spellings) {
      const read = preview202108.read(spelling);
      expect(dialectOf(spelling)).toBe(preview202108);
      expect(read.ok && { ...read.event, wireType: element.type }).toStrictEqual(asIs.ok && asIs.event);
    }
  });
});

describe('preview202108', () => {
  const state = (data: object, envelope: object = {}) => ({
    id: '1',
    source: 'calling/callConnections/c-1/callState',
    type: 'Microsoft.Communication.CallConnectionStateChanged',
    time: '2021-09-02T05:30:00Z',
    data,
    ...envelope,
  });
  const payloadOf = (element: unknown) => {
    const read = preview202108.read(element);
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    return read.event.payload;
  };

  it.each([
    ['incoming', 'call.connecting'],
    ['Establishing', 'call.connecting'],
    ['connecting', 'call.connecting'],
    ['Established', 'call.connected'],
    ['CONNECTED', 'call.connected'],
    ['Terminating', 'call.disconnecting'],
    ['disconnecting', 'call.disconnecting'],
    ['Terminated', 'call.disconnected'],
    ['disconnected', 'call.disconnected'],
    ['transferring', 'call.note'],
  ])('takes the state %s, of either vocabulary, for %s', (callConnectionState, type) => {
    expect(payloadOf(state({ callConnectionState })).type).toBe(type);
    expect(payloadOf(state({ callState: callConnectionState })).type).toBe(type);
  });

  it.each([
    ['serverCallId', { serverCallId: 's-1' }],
    ['the name of 2021-04', { conversationId: 's-1' }],
    ['the locator of 2021-11', { callLocator: { serverCallId: 's-1', kind: 'serverCallLocator' } }],
  ])('finds the conversation by %s', (_, where) => {
    expect(payloadOf(state({ callConnectionState: 'connected', ...where }))).toEqual({
      type: 'call.connected',
      conversationId: 's-1',
    });
  });

  it.each([
    ['the source', { source: 'calling/callConnections/c-2/playAudio' }, 'c-2'],
    ['the subject', { source: null, subject: 'calling/callConnections/c-3/playAudio' }, 'c-3'],
    ['nothing: the URL has to tell', { source: null, subject: null }, null],
  ])('finds the call of a result by %s', (_, envelope, wireId) => {
    const type = 'Microsoft.Communication.PlayAudioResult';
    const read = preview202108.read(state({ status: 'completed' }, { type, ...envelope }));

    expect(read.ok && read.event.wireId).toBe(wireId);
  });

  it('refuses a state that is none', () => {
    expect(preview202108.read(state({}))).toMatchObject({
      ok: false,
      issues: [{ pointer: '/data/callConnectionState' }],
    });
  });

  it('leaves to GA a roster with what only GA sends', () => {
    const [element] = loadFixture('ga/ParticipantsUpdated.seq1.json') as [unknown];

    expect(dialectOf(element)?.name).toBe('ga');
  });
});

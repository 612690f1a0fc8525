import { describe, expect, it } from 'vitest';
import { preview202104 } from '../../../../shared/dialects/preview-2021-04/preview-2021-04.ts';
import { fixtureNames, loadFixture } from '../../../support/load-fixture.ts';
import { withKeys } from '../../../support/with-keys.ts';

const SEED = 'preview-2021-04/seed';
const CALL = 'preview-2021-04/call-481f3600';

const LEG_531F = '531f3600-481f-41c8-8a75-3e8b2e8e6200';
const LEG_471F = '471f3600-4e1f-4cd4-9eec-4a484e4cbf00';
const LEG_481F = '481f3600-f022-4643-a274-7a0270de061d';

const CONVERSATION_531F =
  'aHR0cHM6Ly9jb252LXVzc2MtMDIuY29udi5za3lwZS5jb20vY29udi92RFNacTFyTEIwdVotM0dQdjBabUpnP2k9OCZlPTYzNzU1NzQzNzg4NTgzMTgxMQ';
const CONVERSATION_481F =
  'aHR0cHM6Ly9jb252LWtvY2UtMDIuY29udi5leGFtcGxlLmludmFsaWQvY29udi9KVTBwRE5Wb2N4dzN1a1VRUEJiQ0xRP2k9MTAtNjAtMi0xNCZlPTYzODQxMjM0NTY3ODkwMTIzNA';

interface Golden {
  readonly wireId: string;
  readonly at: string;
  readonly eventId?: string;
  readonly payload: object;
}

const SEED_EXPECTED: Readonly<Record<string, Golden>> = {
  '531f3600.CallLegStateChanged.Establishing.json': {
    wireId: LEG_531F,
    at: '2021-05-05T20:08:39.0157964Z',
    payload: { type: 'call.connecting', conversationId: null },
  },
  '531f3600.CallLegStateChanged.Established.json': {
    wireId: LEG_531F,
    at: '2021-05-05T20:08:59.5783985Z',
    payload: { type: 'call.connected', conversationId: CONVERSATION_531F },
  },
  '531f3600.CallLegStateChanged.Terminating.json': {
    wireId: LEG_531F,
    at: '2021-05-05T20:13:45.7398707Z',
    payload: { type: 'call.disconnecting', conversationId: CONVERSATION_531F, wasConnected: true },
  },
  '531f3600.CallLegStateChanged.Terminated.json': {
    wireId: LEG_531F,
    at: '2021-05-05T20:13:46.1541814Z',
    payload: {
      type: 'call.disconnected',
      conversationId: CONVERSATION_531F,
      wasConnected: true,
      reason: null,
    },
  },
  '471f3600.DtmfReceived.Tone1.json': {
    wireId: LEG_471F,
    at: '2021-05-05T20:31:00.4818813Z',
    payload: { type: 'tone.received', sequenceId: 1, tone: 'one' },
  },
  '471f3600.PlayAudioResult.Cancelled.json': {
    wireId: LEG_471F,
    at: '2021-05-05T20:31:01.2789071Z',
    payload: {
      type: 'play.canceled',
      operationContext: 'd8aeabf7-47a0-4803-b0cc-6059a708440d',
      result: { code: 400, subcode: 8508, message: 'Action falied, the operation was cancelled.' },
    },
  },
  '511f3600.PlayAudioResult.Completed.json': {
    wireId: '511f3600-401f-4296-b6d0-b8da6f343b00',
    at: '2021-05-05T20:38:22.0476663Z',
    payload: {
      type: 'play.completed',
      operationContext: '6c6cbbc7-66b2-47a8-a29c-5e5f73aee86d',
      result: { code: 200, subcode: 0, message: 'Action completed successfully.' },
    },
  },
  '421f6d00.InviteParticipantResult.Completed.json': {
    wireId: '421f6d00-18fc-4d11-bde6-e5e371494753',
    at: '2021-05-05T21:49:52.8138396Z',
    eventId: '52154ee2-b2ba-420f-b42f-a69c6101c516',
    payload: {
      type: 'participant.addSucceeded',
      operationContext: '5dbcbdd4-febf-4091-a5be-543f09b2692c',
      result: null,
      participants: ['8:acs:016a7064-0581-40b9-be73-6dde64d69d72_00000009-de04-ee58-740a-113a0d00330d'],
    },
  },
  '411f6d00.ParticipantsUpdated.TwoParticipants.json': {
    wireId: '411f6d00-088a-4ee4-a7bf-c064ac10afeb',
    at: '2021-04-16T06:26:37.9121542Z',
    payload: {
      type: 'roster.snapshot',
      sequenceNumber: null,
      participants: [
        {
          rawId: '8:acs:016a7064-0581-40b9-be73-6dde64d69d72_00000009-7904-f8c2-51b9-a43a0d0010d9',
          participantId: 'de7539f7-019e-4934-a4c9-9a770e5e07bb',
          isMuted: false,
        },
        {
          rawId: '8:acs:016a7064-0581-40b9-be73-6dde64d69d72_00000009-547e-c56e-71bf-a43a0d002dc1',
          participantId: '16c3518f-5ff5-4989-8073-39255a71fb58',
          isMuted: false,
        },
      ],
    },
  },
};

const PROMPT = '9915c45e-aa18-4ee2-afb4-56ed3063eae9';
const INVITATION = '3764690b-3b19-4f5a-8908-d15d0942dff3';

const CALL_EXPECTED: Readonly<Record<string, Golden>> = {
  'CallLegStateChanged.Establishing.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:01.2034515Z',
    payload: { type: 'call.connecting', conversationId: null },
  },
  'CallLegStateChanged.Established.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:14.8710282Z',
    payload: { type: 'call.connected', conversationId: CONVERSATION_481F },
  },
  'CallLegStateChanged.Terminating.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:15:36.0223169Z',
    payload: { type: 'call.disconnecting', conversationId: CONVERSATION_481F, wasConnected: true },
  },
  'CallLegStateChanged.Terminated.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:15:36.7449885Z',
    payload: {
      type: 'call.disconnected',
      conversationId: CONVERSATION_481F,
      wasConnected: true,
      reason: null,
    },
  },
  'CallRecordingStateChanged.Active.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:18.7102339Z',
    payload: {
      type: 'recording.state',
      recordingId: 'a514d5f0-7928-4b5c-b2b3-5236f9f9d4d1',
      state: 'active',
      startedAt: '2021-05-20T01:14:18.5520000Z',
      conversationId: CONVERSATION_481F,
    },
  },
  'DtmfReceived.Tone1.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:31.5908946Z',
    payload: { type: 'tone.received', sequenceId: 1, tone: 'one' },
  },
  'DtmfReceived.Pound.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:33.1105192Z',
    payload: { type: 'tone.received', sequenceId: 2, tone: 'pound' },
  },
  'InviteParticipantResult.Completed.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:47.2187240Z',
    eventId: 'e3a2358d-41f2-4c18-a2a3-ce682dd3be8f',
    payload: {
      type: 'participant.addSucceeded',
      operationContext: INVITATION,
      result: null,
      participants: ['8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-e543-4559-b6d7-43022a61525b'],
    },
  },
  'InviteParticipantResult.Failed.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:47.3000275Z',
    eventId: '1ae70f1a-8210-4369-956c-57d6bcd983b8',
    payload: {
      type: 'participant.addFailed',
      operationContext: INVITATION,
      result: { code: 486, subcode: 8539, message: 'The invited participant was busy.' },
      participants: ['4:+14255550177'],
    },
  },
  'ParticipantsUpdated.Joined.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:15.0025129Z',
    payload: {
      type: 'roster.snapshot',
      sequenceNumber: null,
      participants: [
        {
          rawId: '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-98a8-4e64-94aa-23437553cba7',
          participantId: '1d558390-1937-4deb-887a-a031cf8cb7ac',
          isMuted: false,
        },
        { rawId: '4:+14255550142', participantId: '45fb4a44-a456-4e5c-8908-dd24d1860f5a', isMuted: false },
      ],
    },
  },
  'PlayAudioResult.Running.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:16.4006860Z',
    payload: { type: 'play.started', operationContext: PROMPT, result: null },
  },
  'PlayAudioResult.Completed.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:29.9909740Z',
    payload: {
      type: 'play.completed',
      operationContext: PROMPT,
      result: { code: 200, subcode: 0, message: 'The prompt was played to the end.' },
    },
  },
  'PlayAudioResult.Cancelled.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:32.0044266Z',
    payload: {
      type: 'play.canceled',
      operationContext: PROMPT,
      result: { code: 400, subcode: 8508, message: 'The operation was cancelled before it ended.' },
    },
  },
  'PlayAudioResult.Failed.json': {
    wireId: LEG_481F,
    at: '2021-05-20T01:14:17.5559599Z',
    payload: {
      type: 'play.failed',
      operationContext: PROMPT,
      result: { code: 400, subcode: 8536, message: 'The audio file could not be downloaded.' },
    },
  },
};

describe.each([
  { folder: SEED, expected: SEED_EXPECTED },
  { folder: CALL, expected: CALL_EXPECTED },
])('preview202104 on $folder', ({ folder, expected }) => {
  it('has an expectation for every payload', () => {
    expect(fixtureNames(folder)).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('reads %s', (name, { eventId = null, ...golden }) => {
    const element = loadFixture(`${folder}/${name}`) as { readonly eventType: string };

    const result = preview202104.read(element);

    expect(preview202104.recognises(element)).toBe(true);
    expect(result).toStrictEqual({
      ok: true,
      event: { wireType: element.eventType, eventId, ...golden },
    });
  });

  it.each(Object.keys(expected))('reads %s alike when its keys and its type are spelt otherwise', name => {
    const element = loadFixture(`${folder}/${name}`) as { readonly eventType: string };
    const camel = withKeys(element, key => key.charAt(0).toLowerCase() + key.slice(1));
    const pascal = withKeys(element, key => key.charAt(0).toUpperCase() + key.slice(1));
    const shouted = { ...element, eventType: element.eventType.toUpperCase() };
    const [asIs, ...others] = [element, camel, pascal, shouted].map(spelling => preview202104.read(spelling));

    const payloads = others.map(result => result.ok && { ...result.event, wireType: element.eventType });

    expect(payloads).toStrictEqual(others.map(() => asIs?.ok && asIs.event));
  });
});

import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../../shared/dialects/dialects.ts';
import { eventGrid, serverCallIdOf } from '../../../../shared/dialects/event-grid/event-grid.ts';
import { fixtureNames, loadFixture } from '../../../support/load-fixture.ts';

const TOPIC =
  '/subscriptions/87631f56-f5d7-47af-9c40-820ef4c138fd/resourceGroups/rg-call-relay/providers/Microsoft.Communication/CommunicationServices/acs-call-relay';
const SERVER_CALL =
  'aHR0cHM6Ly9jb252LWtvY2UtMDIuY29udi5leGFtcGxlLmludmFsaWQvY29udi9KVTBwRE5Wb2N4dzN1a1VRUEJiQ0xRP2k9MTAtNjAtMi0xNCZlPTYzODQxMjM0NTY3ODkwMTIzNA';
const USER = '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-e543-4559-b6d7-43022a61525b';
const CALLED_USER = '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-98a8-4e64-94aa-23437553cba7';

const report = {
  conversationId: SERVER_CALL,
  correlationId: '8dba596e-be60-4a5c-b700-f7c7e15bc155',
  startedBy: USER,
  groupId: '6549b3a4-f8e3-4d6a-afa6-2545a0b09a77',
  isTwoParty: true,
  isRoomsCall: false,
};

const comingOrGoing = {
  ...report,
  participant: USER,
  participantId: 'dc397d15-4ff1-421e-9c5d-8dd57918442d',
  displayName: 'Front desk',
  userAgent: 'acs-web (example)',
};

const incoming = {
  type: 'call.incoming',
  conversationId: SERVER_CALL,
  correlationId: '8dba596e-be60-4a5c-b700-f7c7e15bc155',
  from: '4:+14255550142',
  to: '4:+18335550100',
  onBehalfOf: null,
  callerDisplayName: null,
  incomingCallContext:
    'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJjYyI6IitkM3VscE9oZUdVUk1MVkFZaUFoSGkyZDkvSk5ra0dZYmxPMTNla0k0QXc9In0.',
  sipHeaders: { 'User-To-User': '4d2d31303432;encoding=hex', 'X-MS-Custom-branch': 'seoul-1' },
  voipHeaders: {},
};

interface Golden {
  readonly id: string;
  readonly at: string;
  readonly payload: object;
}

const EXPECTED: Readonly<Record<string, Golden>> = {
  'CallStarted.json': {
    id: 'c056269d-6d03-4839-9b86-7a6914559d60',
    at: '00:04:41.0001234',
    payload: { type: 'report.callStarted', ...report },
  },
  'CallEnded.json': {
    id: '12cd0910-9852-429e-a8bd-19149c2619be',
    at: '00:05:42.4001234',
    payload: {
      type: 'report.callEnded',
      ...report,
      endedBy: USER,
      endedByKind: 'Participant',
      reason: { code: 0, subcode: 0, message: 'Call ended successfully by local participant.' },
      durationSeconds: 61.4,
    },
  },
  'CallParticipantAdded.json': {
    id: '476aeac6-f9e2-45a7-8e23-56effd548232',
    at: '00:04:41.5001234',
    payload: { type: 'report.participantAdded', ...comingOrGoing },
  },
  'CallParticipantRemoved.json': {
    id: '6e4c27db-0fdb-4428-80be-a9436823a8cb',
    at: '00:05:40.9001234',
    payload: { type: 'report.participantRemoved', ...comingOrGoing },
  },
  'IncomingCall.pstn.json': {
    id: '8d2c88f0-a887-405f-b407-cbada0cea26f',
    at: '00:04:40.0001234',
    payload: incoming,
  },
  'IncomingCall.cloudevents.json': {
    id: '8d2c88f0-a887-405f-b407-cbada0cea26f',
    at: '00:04:40.0001234',
    payload: incoming,
  },
  'IncomingCall.voip.json': {
    id: '8d2c88f0-a887-405f-b407-cbada0cea26f',
    at: '00:04:40.0001234',
    payload: {
      ...incoming,
      from: USER,
      to: CALLED_USER,
      onBehalfOf: '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-fcb0-4100-b57a-5ba38d8688c2',
      callerDisplayName: 'Front desk',
    },
  },
  'RecordingFileStatusUpdated.json': {
    id: '0f4ea5ea-ab56-4d75-a3df-9f4a10af5684',
    at: '00:06:10.0001234',
    payload: {
      type: 'recording.fileReady',
      recordingId: 'a514d5f0-7928-4b5c-b2b3-5236f9f9d4d1',
      startedAt: '2026-03-18T00:05:20.1130000Z',
      durationMs: 41_200,
      contentType: 'audio',
      channelType: 'mixed',
      formatType: 'wav',
      endReason: 'CallEnded',
      files: [
        {
          documentId: '0-krc-d1-e7c4b7d1dd964f25a4b98d900ece879f',
          index: 0,
          endReason: 'SessionEnded',
          contentLocation: 'https://storage.example.invalid/v1/objects/0-krc-d1/content/acsrecording',
          metadataLocation: 'https://storage.example.invalid/v1/objects/0-krc-d1/content/acsmetadata',
          deleteLocation: 'https://storage.example.invalid/v1/objects/0-krc-d1',
        },
      ],
      conversationId: SERVER_CALL,
    },
  },
};

/** Event Grid's own schema comes as an array of one, CloudEvents as one object. */
function elementOf(name: string): Record<string, unknown> {
  const body = loadFixture(`event-grid/${name}`) as Record<string, unknown> | [Record<string, unknown>];
  return Array.isArray(body) ? body[0] : body;
}

describe('eventGrid on its fixtures', () => {
  it('has an expectation for every payload but the handshake', () => {
    expect(fixtureNames('event-grid').filter(name => name !== 'SubscriptionValidation.json')).toEqual(
      Object.keys(EXPECTED).sort(),
    );
  });

  it.each(Object.entries(EXPECTED))('reads %s', (name, { id, at, payload }) => {
    const element = elementOf(name);
    const read = eventGrid.read(element);

    expect(dialectOf(element)).toBe(eventGrid);
    expect(read).toStrictEqual({
      ok: true,
      event: {
        wireType: element['eventType'] ?? element['type'],
        wireId: null,
        eventId: `${TOPIC}\n${id}`,
        at: `2026-03-18T${at}Z`,
        payload,
      },
    });
    expect(read.ok && serverCallIdOf(read.event)).toBe(SERVER_CALL);
  });

  it.each(Object.keys(EXPECTED))('reads %s alike with its type in another case', name => {
    const element = elementOf(name);
    const key = 'eventType' in element ? 'eventType' : 'type';
    const shouted = { ...element, [key]: String(element[key]).toUpperCase() };
    const [asIs, read] = [eventGrid.read(element), eventGrid.read(shouted)];

    expect(dialectOf(shouted)).toBe(eventGrid);
    expect(read.ok && read.event.payload).toStrictEqual(asIs.ok && asIs.event.payload);
  });
});

describe('eventGrid', () => {
  const event = (eventType: string, data: unknown, more: object = {}) => ({
    id: '1',
    topic: TOPIC,
    subject: '',
    eventType: `Microsoft.Communication.${eventType}`,
    eventTime: '2026-03-18T00:00:00Z',
    data,
    ...more,
  });

  it('keeps whole what it does not know of a resource of ACS, and finds its call', () => {
    const element = event('CallTeleported', { serverCallId: 's-1' });
    const read = eventGrid.read(element);

    expect(dialectOf(element)).toBe(eventGrid);
    expect(read.ok && read.event.payload).toEqual({
      type: 'unknown',
      wireType: 'Microsoft.Communication.CallTeleported',
      raw: element,
    });
    expect(read.ok && serverCallIdOf(read.event)).toBe('s-1');
  });

  it('leaves the previews what has the same envelope and no such topic', () => {
    expect(dialectOf(event('CallLegStateChanged', {}, { topic: null }))?.name).toBe('preview-2021-04');
  });

  it.each([
    ['nobody named', {}, null],
    ['one flat', { startedBy: { rawId: '8:acs:ann' } }, '8:acs:ann'],
    [
      'one whose kind says more',
      { startedBy: { communicationIdentifier: { kind: 'PhoneNumber', phoneNumber: { value: '+1' } } } },
      '4:+1',
    ],
    ['one that cannot be read', { startedBy: { communicationIdentifier: { kind: 'unknown' } } }, null],
  ])('tells who started a call, with %s', (_, data, startedBy) => {
    const read = eventGrid.read(event('CallStarted', { serverCallId: 's-1', ...data }));

    expect(read.ok && read.event.payload).toMatchObject({ type: 'report.callStarted', startedBy });
  });

  it('reads the older names of the end of a call', () => {
    const read = eventGrid.read(
      event('CallEnded', { durationOfCall: 7, endedBy: { kind: 'MicrosoftInternal' } }),
    );

    expect(read.ok && read.event.payload).toMatchObject({
      durationSeconds: 7,
      endedBy: null,
      endedByKind: 'MicrosoftInternal',
      reason: null,
    });
  });

  it.each([
    ['IncomingCall', { to: { rawId: 'a' }, from: { rawId: 'b' } }, '/data/incomingCallContext'],
    ['IncomingCall', { from: { rawId: 'a' }, incomingCallContext: 'x' }, '/data/to'],
    ['RecordingFileStatusUpdated', {}, '/subject'],
  ])('refuses %s without what it takes', (type, data, pointer) => {
    expect(eventGrid.read(event(type, data))).toMatchObject({ ok: false, issues: [{ pointer }] });
  });
});

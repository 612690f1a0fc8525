import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../shared/dialects/dialects.ts';
import { identifier } from '../../../shared/dialects/identifier.ts';
import { element } from '../../support/preview-2021-04-elements.ts';

const ANN = { rawId: '8:acs:ann', communicationUser: { id: '8:acs:ann' } };
const BEN = { phoneNumber: { value: '+14255550142' } };

function cloudEvent(type: string, data: object) {
  return {
    id: 'event-1',
    source: 'calling/callConnections/connection-1',
    type: `Microsoft.Communication.${type}`,
    time: '2026-03-18T00:05:00Z',
    specversion: '1.0',
    data,
  };
}

function read(wire: unknown) {
  const result = dialectOf(wire)?.read(wire);
  if (result?.ok !== true) throw new Error(JSON.stringify(result));
  return result.event.payload;
}

const issuesOf = (wire: unknown) => {
  const result = dialectOf(wire)?.read(wire);
  return result?.ok === false ? result.issues.map(({ pointer }) => pointer) : [];
};

describe('somebody', () => {
  it.each<readonly [string, unknown, string]>([
    ['of an unknown kind', { kind: 'unknown', rawId: '28:orgid:bot' }, '28:orgid:bot'],
    ['of a kind that is new', { kind: 'newKind', rawId: '9:new:x', newKind: { id: 'x' } }, '9:new:x'],
    [
      'a bot',
      { rawId: '28:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10' },
      '28:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10',
    ],
    ['a Teams app', { kind: 'microsoftTeamsApp', microsoftTeamsApp: { appId: 'a' } }, '28:orgid:a'],
    ['a Teams app in PascalCase', { MicrosoftTeamsApp: { AppId: 'a', Cloud: 'gcch' } }, '28:gcch:a'],
    [
      'a Teams user of a cloud',
      { microsoftTeamsUser: { userId: 'u', isAnonymous: 'false', cloud: 'dod' } },
      '8:dod:u',
    ],
    ['a Teams visitor', { microsoftTeamsUser: { userId: 'u', isAnonymous: 'true' } }, '8:teamsvisitor:u'],
    ['a telephone without rawId', BEN, '4:+14255550142'],
    ['a telephone as a text', { kind: 'phoneNumber', phoneNumber: '+14255550142' }, '4:+14255550142'],
    ['a telephone that hides', { rawId: '4:anonymous', phoneNumber: { value: 'anonymous' } }, '4:anonymous'],
    ['a rawId beside what cannot be read', { rawId: '4:+1', phoneNumber: 1, cloud: {} }, '4:+1'],
    ['an empty rawId beside a user', { rawId: '', communicationUser: { id: '8:acs:ann' } }, '8:acs:ann'],
  ])('%s has a name', (_, wire, rawId) => {
    expect(identifier().parse(wire)).toBe(rawId);
  });

  it.each([[null], ['8:acs:ann'], [{}], [{ kind: 'unknown' }], [{ rawId: 7 }], [{ phoneNumber: '' }], [[]]])(
    'has none in %j',
    wire => {
      expect(identifier().safeParse(wire).success).toBe(false);
    },
  );
});

describe('a roster with an entry that nobody can name', () => {
  const entries = [
    { identifier: { kind: 'new' } },
    { identifier: ANN },
    null,
    { identifier: BEN },
    { isMuted: true },
  ];

  it.each([
    ['GA', cloudEvent('ParticipantsUpdated', { sequenceNumber: 1, participants: entries })],
    [
      'GA, identifiers alone',
      cloudEvent('ParticipantsUpdated', {
        sequenceNumber: 1,
        participants: [{}, ANN, 7, BEN, { kind: 'new' }],
      }),
    ],
    ['the later previews', cloudEvent('ParticipantsUpdated', { participants: entries })],
    ['the 2021-04 preview', element('ParticipantsUpdated', { Participants: entries })],
  ])('tells of the others (%s), and how many it does not tell of', (_, wire) => {
    expect(read(wire)).toMatchObject({
      type: 'roster.snapshot',
      participants: [{ rawId: '8:acs:ann' }, { rawId: '4:+14255550142' }],
      unnamed: 3,
    });
  });

  it.each([
    ['GA', cloudEvent('ParticipantsUpdated', { sequenceNumber: 1, participants: [{ identifier: {} }] })],
    ['the later previews', cloudEvent('ParticipantsUpdated', { participants: [{ identifier: {} }] })],
  ])('is malformed where there are no others (%s): it would pass for an empty one', (_, wire) => {
    expect(issuesOf(wire)).toEqual(['/data/participants/0/identifier']);
  });

  it('has no such number where everybody has a name', () => {
    const wire = cloudEvent('ParticipantsUpdated', {
      sequenceNumber: 1,
      participants: [{ identifier: ANN }],
    });

    expect(read(wire)).not.toHaveProperty('unnamed');
    expect(read(cloudEvent('ParticipantsUpdated', { sequenceNumber: 1, participants: [] }))).toEqual({
      type: 'roster.snapshot',
      sequenceNumber: 1,
      participants: [],
    });
  });
});

describe('an invitation of several', () => {
  it.each([
    [
      'the 2021-04 preview',
      element('InviteParticipantResult', { Status: 'Completed', Participants: [{ RawId: null }, ANN] }),
    ],
    [
      'the first betas of GA',
      cloudEvent('AddParticipantsSucceeded', { participants: [{ kind: 'new' }, ANN] }),
    ],
  ])('tells of those whom it names (%s)', (_, wire) => {
    expect(read(wire)).toMatchObject({ type: 'participant.addSucceeded', participants: ['8:acs:ann'] });
  });
});

describe('an incoming call', () => {
  const data = {
    to: { kind: 'phoneNumber', rawId: '4:+18335550100', phoneNumber: { value: '+18335550100' } },
    from: { kind: 'phoneNumber', rawId: '4:+14255550142', phoneNumber: { value: '+14255550142' } },
    serverCallId: 's-1',
    callerDisplayName: '',
    incomingCallContext: 'context',
    correlationId: 'c-1',
  };
  const incoming = (changes: object) => ({
    id: '1',
    topic: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Communication/CommunicationServices/acs',
    subject: '/caller/4:+14255550142/recipient/4:+18335550100',
    eventType: 'Microsoft.Communication.IncomingCall',
    eventTime: '2026-03-18T00:05:00Z',
    data: { ...data, ...changes },
  });

  it.each<readonly [string, object, object]>([
    ['nobody calls', { from: null }, { from: null }],
    ['the caller is missing', { from: undefined }, { from: null }],
    ['the caller is of a kind that is new', { from: { kind: 'new' } }, { from: null }],
    [
      'the caller is a number as a text',
      { from: { phoneNumber: '+14255550142' } },
      { from: '4:+14255550142' },
    ],
    ['a bot calls', { from: { kind: 'unknown', rawId: '28:orgid:bot' } }, { from: '28:orgid:bot' }],
    [
      'a Teams app calls',
      { from: { kind: 'MicrosoftTeamsApp', microsoftTeamsApp: { appId: 'a', cloud: 'public' } } },
      { from: '28:orgid:a' },
    ],
    ['somebody else was called', { onBehalfOfCallee: ANN }, { onBehalfOf: '8:acs:ann' }],
    [
      'it comes with headers',
      { customContext: { voipHeaders: { 'X-Case': '7' }, sipHeaders: { 'User-To-User': 'a' } } },
      { voipHeaders: { 'X-Case': '7' }, sipHeaders: { 'User-To-User': 'a' } },
    ],
    [
      'one of its headers cannot be read',
      { customContext: { voipHeaders: { a: { b: 1 }, c: 'd', e: null }, sipHeaders: 'none' } },
      { voipHeaders: { c: 'd' }, sipHeaders: {} },
    ],
    ['its custom context is a text', { customContext: 'x' }, { voipHeaders: {}, sipHeaders: {} }],
    ['its server call is not told', { serverCallId: null }, { conversationId: null, correlationId: 'c-1' }],
    [
      'the name of the caller is very long',
      { callerDisplayName: 'x'.repeat(5_000) },
      { callerDisplayName: 'x'.repeat(1_024) },
    ],
    ['the name of the caller is none', { callerDisplayName: 7 }, { callerDisplayName: null }],
  ])('rings where %s', (_, changes, expected) => {
    expect(read(incoming(changes))).toMatchObject({
      type: 'call.incoming',
      to: '4:+18335550100',
      ...expected,
    });
  });

  it.each([
    ['the called', { to: null }, '/data/to'],
    [
      'the context, without which nothing can be done about it',
      { incomingCallContext: '' },
      '/data/incomingCallContext',
    ],
  ])('is malformed without %s', (_, changes, pointer) => {
    expect(issuesOf(incoming(changes))).toEqual([pointer]);
  });
});

describe('a recording', () => {
  it.each([
    ['GA', cloudEvent('RecordingStateChanged', { recordingId: 'r', state: 'paused' })],
    ['the later previews', cloudEvent('CallRecordingStateChanged', { recordingId: 'r', state: 'unknown' })],
    ['the 2021-04 preview', element('CallRecordingStateChanged', { RecordingId: 'r', State: 'Failed' })],
  ])('in a state that is not known is kept whole (%s)', (_, wire) => {
    expect(read(wire)).toMatchObject({ type: 'unknown', raw: wire });
  });
});

describe('a report', () => {
  const report = (type: string, data: object) => ({
    ...cloudEvent(type, { serverCallId: 's-1', ...data }),
    source: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Communication/CommunicationServices/acs',
  });

  it.each<readonly [string, object, object]>([
    ['CallParticipantAdded', { endpointType: 'acs-web (old)' }, { userAgent: 'acs-web (old)' }],
    ['CallParticipantAdded', { userAgent: 'x'.repeat(5_000) }, { userAgent: 'x'.repeat(1_024) }],
    ['CallParticipantRemoved', { displayName: { first: 'Ann' } }, { displayName: null }],
    ['CallStarted', { isTwoParty: 'perhaps', isRoomsCall: 'True' }, { isTwoParty: null, isRoomsCall: true }],
    ['CallStarted', { room: { id: 'r' }, group: { id: 'g' } }, { groupId: 'g' }],
  ])('of %s is read with %j', (type, data, expected) => {
    expect(read(report(type, data))).toMatchObject(expected);
  });
});

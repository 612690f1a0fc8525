import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../shared/domain/outcome.ts';
import { participantsOf } from '../../../shared/domain/stays.ts';
import { CALL_KEY, eventOfElement, fold, inTimeOrder } from '../../support/call-events.ts';
import { fixtureNames, loadFixture } from '../../support/load-fixture.ts';

const NOTHING_YET = {
  callKey: CALL_KEY,
  dialect: 'preview-2021-04',
  conversation: null,
  connectingAt: null,
  connectedAt: null,
  disconnectingAt: null,
  endedAt: null,
  lostAt: null,
  endReason: null,
  roster: { snapshots: [], members: [] },
  tones: [],
  operations: [],
  recordings: [],
  actions: [],
  timers: [],
  flow: null,
};

/** What it is, its own tests say. */
const FINGERPRINT: unknown = expect.stringMatching(/^[\w-]{22}$/);

function callOf(folder: string, prefix = '') {
  const names = fixtureNames(folder).filter(name => name.startsWith(prefix));
  return fold(inTimeOrder(names.map(name => eventOfElement(loadFixture(`${folder}/${name}`)))));
}

const seedCall = (prefix: string) => callOf('preview-2021-04/seed', prefix);

describe('reduceCall on the published samples', () => {
  it('knows a call from its set-up to its end', () => {
    const { call, signals } = seedCall('531f3600');

    expect(call).toStrictEqual({
      ...NOTHING_YET,
      wireId: '531f3600-481f-41c8-8a75-3e8b2e8e6200',
      state: 'disconnected',
      conversation: {
        id: 'aHR0cHM6Ly9jb252LXVzc2MtMDIuY29udi5za3lwZS5jb20vY29udi92RFNacTFyTEIwdVotM0dQdjBabUpnP2k9OCZlPTYzNzU1NzQzNzg4NTgzMTgxMQ',
        at: '2021-05-05T20:08:59.5783985Z',
      },
      createdAt: '2021-05-05T20:08:39.0157964Z',
      lastEventAt: '2021-05-05T20:13:46.1541814Z',
      connectingAt: '2021-05-05T20:08:39.0157964Z',
      connectedAt: '2021-05-05T20:08:59.5783985Z',
      disconnectingAt: '2021-05-05T20:13:45.7398707Z',
      endedAt: '2021-05-05T20:13:46.1541814Z',
      wasConnected: true,
    });
    expect(signals).toEqual([
      { type: 'connected', at: '2021-05-05T20:08:59.5783985Z' },
      { type: 'disconnected', at: '2021-05-05T20:13:46.1541814Z' },
    ]);
    expect(participantsOf(call)).toEqual([]);
    expect(outcomeOf(call)).toBe('answered');
  });

  it('takes a tone and a cancelled play for proof of a connection whose time is not known', () => {
    const { call, signals } = seedCall('471f3600');

    expect(call).toStrictEqual({
      ...NOTHING_YET,
      wireId: '471f3600-4e1f-4cd4-9eec-4a484e4cbf00',
      state: 'connected',
      createdAt: '2021-05-05T20:31:00.4818813Z',
      lastEventAt: '2021-05-05T20:31:01.2789071Z',
      wasConnected: true,
      tones: [{ sequenceId: 1, tone: 'one', at: '2021-05-05T20:31:00.4818813Z' }],
      operations: [
        {
          kind: 'playAudio',
          operationContext: 'd8aeabf7-47a0-4803-b0cc-6059a708440d',
          status: 'canceled',
          startedAt: null,
          endedAt: '2021-05-05T20:31:01.2789071Z',
          code: 400,
          subcode: 8508,
          message: 'Action falied, the operation was cancelled.',
          participants: [],
        },
      ],
    });
    expect(signals).toEqual([
      { type: 'connected', at: '2021-05-05T20:31:00.4818813Z' },
      { type: 'toneReceived', at: '2021-05-05T20:31:00.4818813Z', sequenceId: 1, tone: 'one' },
      {
        type: 'operationEnded',
        at: '2021-05-05T20:31:01.2789071Z',
        kind: 'playAudio',
        operationContext: 'd8aeabf7-47a0-4803-b0cc-6059a708440d',
        participants: [],
        status: 'canceled',
      },
    ]);
    expect(outcomeOf(call)).toBeNull();
  });

  it('takes a finished play for proof of a connection', () => {
    const { call } = seedCall('511f3600');

    expect(call).toStrictEqual({
      ...NOTHING_YET,
      wireId: '511f3600-401f-4296-b6d0-b8da6f343b00',
      state: 'connected',
      createdAt: '2021-05-05T20:38:22.0476663Z',
      lastEventAt: '2021-05-05T20:38:22.0476663Z',
      wasConnected: true,
      operations: [
        {
          kind: 'playAudio',
          operationContext: '6c6cbbc7-66b2-47a8-a29c-5e5f73aee86d',
          status: 'completed',
          startedAt: null,
          endedAt: '2021-05-05T20:38:22.0476663Z',
          code: 200,
          subcode: 0,
          message: 'Action completed successfully.',
          participants: [],
        },
      ],
    });
    expect(outcomeOf(call)).toBeNull();
  });

  it('knows how an invitation went, for the operation and for whom it names', () => {
    const { call, signals } = seedCall('421f6d00');
    const invited = '8:acs:016a7064-0581-40b9-be73-6dde64d69d72_00000009-de04-ee58-740a-113a0d00330d';
    const completed = {
      status: 'completed',
      startedAt: null,
      endedAt: '2021-05-05T21:49:52.8138396Z',
      code: null,
      subcode: null,
      message: null,
    };

    expect(call).toStrictEqual({
      ...NOTHING_YET,
      wireId: '421f6d00-18fc-4d11-bde6-e5e371494753',
      state: 'unknown',
      createdAt: '2021-05-05T21:49:52.8138396Z',
      lastEventAt: '2021-05-05T21:49:52.8138396Z',
      wasConnected: false,
      operations: [
        {
          kind: 'addParticipants',
          operationContext: '5dbcbdd4-febf-4091-a5be-543f09b2692c',
          ...completed,
          participants: [{ rawId: invited, ...completed }],
        },
      ],
    });
    expect(signals).toEqual([
      {
        type: 'operationEnded',
        at: '2021-05-05T21:49:52.8138396Z',
        kind: 'addParticipants',
        operationContext: '5dbcbdd4-febf-4091-a5be-543f09b2692c',
        participants: [invited],
        status: 'completed',
      },
    ]);
    expect(participantsOf(call)).toEqual([]);
    expect(outcomeOf(call)).toBeNull();
  });

  it('knows who is on a call, by identity rather than in the order listed', () => {
    const { call, signals } = seedCall('411f6d00');
    const ann = {
      rawId: '8:acs:016a7064-0581-40b9-be73-6dde64d69d72_00000009-547e-c56e-71bf-a43a0d002dc1',
      participantId: '16c3518f-5ff5-4989-8073-39255a71fb58',
    };
    const ben = {
      rawId: '8:acs:016a7064-0581-40b9-be73-6dde64d69d72_00000009-7904-f8c2-51b9-a43a0d0010d9',
      participantId: 'de7539f7-019e-4934-a4c9-9a770e5e07bb',
    };
    const joinedAt = '2021-04-16T06:26:37.9121542Z';

    expect(call).toStrictEqual({
      ...NOTHING_YET,
      wireId: '411f6d00-088a-4ee4-a7bf-c064ac10afeb',
      state: 'connected',
      createdAt: joinedAt,
      lastEventAt: joinedAt,
      wasConnected: true,
      roster: {
        snapshots: [{ sequenceNumber: null, at: joinedAt, fingerprint: FINGERPRINT }],
        members: [
          { ...ann, history: 'p' },
          { ...ben, history: 'p' },
        ],
      },
    });
    expect(signals).toEqual([
      { type: 'connected', at: joinedAt },
      { type: 'rosterChanged', at: joinedAt, present: [ann.rawId, ben.rawId] },
    ]);
    const here = {
      isMuted: false,
      isOnHold: false,
      present: true,
      stays: [{ joinedAt, leftAt: null }],
      mutedIntervals: [],
      heldIntervals: [],
    };
    expect(participantsOf(call)).toStrictEqual([
      { ...ann, ...here },
      { ...ben, ...here },
    ]);
    expect(outcomeOf(call)).toBeNull();
  });
});

describe('reduceCall on a whole call', () => {
  const PROMPT = '9915c45e-aa18-4ee2-afb4-56ed3063eae9';
  const INVITATION = '3764690b-3b19-4f5a-8908-d15d0942dff3';
  const busyGuest = '4:+14255550177';
  const guest = '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-e543-4559-b6d7-43022a61525b';
  const callee = { rawId: '4:+14255550142', participantId: '45fb4a44-a456-4e5c-8908-dd24d1860f5a' };
  const app = {
    rawId: '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-98a8-4e64-94aa-23437553cba7',
    participantId: '1d558390-1937-4deb-887a-a031cf8cb7ac',
  };
  const { call, signals } = callOf('preview-2021-04/call-481f3600');

  it('joins everything that its events say', () => {
    const invited = {
      status: 'completed',
      startedAt: null,
      endedAt: '2021-05-20T01:14:47.2187240Z',
      code: null,
      subcode: null,
      message: null,
    };

    expect(call).toStrictEqual({
      ...NOTHING_YET,
      wireId: '481f3600-f022-4643-a274-7a0270de061d',
      state: 'disconnected',
      conversation: {
        id: 'aHR0cHM6Ly9jb252LWtvY2UtMDIuY29udi5leGFtcGxlLmludmFsaWQvY29udi9KVTBwRE5Wb2N4dzN1a1VRUEJiQ0xRP2k9MTAtNjAtMi0xNCZlPTYzODQxMjM0NTY3ODkwMTIzNA',
        at: '2021-05-20T01:14:14.8710282Z',
      },
      createdAt: '2021-05-20T01:14:01.2034515Z',
      lastEventAt: '2021-05-20T01:15:36.7449885Z',
      connectingAt: '2021-05-20T01:14:01.2034515Z',
      connectedAt: '2021-05-20T01:14:14.8710282Z',
      disconnectingAt: '2021-05-20T01:15:36.0223169Z',
      endedAt: '2021-05-20T01:15:36.7449885Z',
      wasConnected: true,
      roster: {
        snapshots: [
          {
            sequenceNumber: null,
            at: '2021-05-20T01:14:15.0025129Z',
            fingerprint: FINGERPRINT,
          },
        ],
        members: [
          { ...callee, history: 'p' },
          { ...app, history: 'p' },
        ],
      },
      tones: [
        { sequenceId: 1, tone: 'one', at: '2021-05-20T01:14:31.5908946Z' },
        { sequenceId: 2, tone: 'pound', at: '2021-05-20T01:14:33.1105192Z' },
      ],
      operations: [
        {
          kind: 'addParticipants',
          operationContext: INVITATION,
          ...invited,
          participants: [
            {
              rawId: busyGuest,
              status: 'failed',
              startedAt: null,
              endedAt: '2021-05-20T01:14:47.3000275Z',
              code: 486,
              subcode: 8539,
              message: 'The invited participant was busy.',
            },
            { rawId: guest, ...invited },
          ],
        },
        {
          kind: 'playAudio',
          operationContext: PROMPT,
          status: 'failed',
          startedAt: '2021-05-20T01:14:16.4006860Z',
          endedAt: '2021-05-20T01:14:17.5559599Z',
          code: 400,
          subcode: 8536,
          message: 'The audio file could not be downloaded.',
          participants: [],
        },
      ],
      recordings: [
        {
          recordingId: 'a514d5f0-7928-4b5c-b2b3-5236f9f9d4d1',
          state: 'active',
          at: '2021-05-20T01:14:18.7102339Z',
          startedAt: '2021-05-20T01:14:18.5520000Z',
        },
      ],
    });
    expect(outcomeOf(call)).toBe('answered');
  });

  it('gives each signal once, in the order in which things happened', () => {
    const ended = (kind: string, at: string, rest: object) => ({ type: 'operationEnded', kind, at, ...rest });

    expect(signals).toStrictEqual([
      { type: 'connected', at: '2021-05-20T01:14:14.8710282Z' },
      { type: 'rosterChanged', at: '2021-05-20T01:14:15.0025129Z', present: [callee.rawId, app.rawId] },
      ended('playAudio', '2021-05-20T01:14:17.5559599Z', {
        operationContext: PROMPT,
        participants: [],
        status: 'failed',
      }),
      { type: 'toneReceived', at: '2021-05-20T01:14:31.5908946Z', sequenceId: 1, tone: 'one' },
      { type: 'toneReceived', at: '2021-05-20T01:14:33.1105192Z', sequenceId: 2, tone: 'pound' },
      ended('addParticipants', '2021-05-20T01:14:47.2187240Z', {
        operationContext: INVITATION,
        participants: [guest],
        status: 'completed',
      }),
      ended('addParticipants', '2021-05-20T01:14:47.3000275Z', {
        operationContext: INVITATION,
        participants: [busyGuest],
        status: 'failed',
      }),
      { type: 'disconnected', at: '2021-05-20T01:15:36.7449885Z' },
    ]);
  });

  it('ends the stays of everybody with the call', () => {
    const stays = [{ joinedAt: '2021-05-20T01:14:15.0025129Z', leftAt: '2021-05-20T01:15:36.7449885Z' }];

    expect(participantsOf(call)).toStrictEqual([
      {
        ...callee,
        isMuted: false,
        isOnHold: false,
        present: false,
        stays,
        mutedIntervals: [],
        heldIntervals: [],
      },
      {
        ...app,
        isMuted: false,
        isOnHold: false,
        present: false,
        stays,
        mutedIntervals: [],
        heldIntervals: [],
      },
    ]);
  });
});

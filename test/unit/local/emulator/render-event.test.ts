import { describe, expect, it } from 'vitest';
import { identityOf } from '../../../../local/emulator/core/identity.ts';
import type { LegNews } from '../../../../local/emulator/core/leg-event.ts';
import { renderEvent } from '../../../../local/emulator/dialects/preview-2021-04/render-event.ts';
import { preview202104 } from '../../../../shared/dialects/preview-2021-04/preview-2021-04.ts';
import { legRef } from '../../../support/emulator/leg-ref.ts';
import { loadFixture } from '../../../support/load-fixture.ts';

const CALL = '481f3600-f022-4643-a274-7a0270de061d';
const CONVERSATION =
  'aHR0cHM6Ly9jb252LWtvY2UtMDIuY29udi5leGFtcGxlLmludmFsaWQvY29udi9KVTBwRE5Wb2N4dzN1a1VRUEJiQ0xRP2k9MTAtNjAtMi0xNCZlPTYzODQxMjM0NTY3ODkwMTIzNA';
const PLAY_CONTEXT = '9915c45e-aa18-4ee2-afb4-56ed3063eae9';
const INVITE_CONTEXT = '3764690b-3b19-4f5a-8908-d15d0942dff3';

function render(news: LegNews, time = '2021-05-20T01:14:14.8710282Z') {
  const at = { ms: Date.parse(time), ticks: Number(time.slice(23, 27)) };
  return renderEvent({ id: 'e1', leg: legRef(CALL), callbackUri: 'http://app', at, news });
}

interface Fixture {
  readonly eventTime: string;
}

const user = (name: string) => identityOf(`8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c-${name}`);

describe('renderEvent', () => {
  it.each<{ fixture: string; news: LegNews }>([
    {
      fixture: 'CallLegStateChanged.Establishing',
      news: { type: 'state', state: 'connecting', conversationId: null },
    },
    {
      fixture: 'CallLegStateChanged.Established',
      news: { type: 'state', state: 'connected', conversationId: CONVERSATION },
    },
    {
      fixture: 'CallLegStateChanged.Terminating',
      news: { type: 'state', state: 'disconnecting', conversationId: CONVERSATION },
    },
    {
      fixture: 'CallLegStateChanged.Terminated',
      news: { type: 'state', state: 'disconnected', conversationId: CONVERSATION },
    },
    { fixture: 'DtmfReceived.Tone1', news: { type: 'tone', sequenceId: 1, key: '1' } },
    { fixture: 'DtmfReceived.Pound', news: { type: 'tone', sequenceId: 2, key: '#' } },
    {
      fixture: 'PlayAudioResult.Running',
      news: { type: 'play', status: 'running', operationContext: PLAY_CONTEXT, outcome: null },
    },
    {
      fixture: 'PlayAudioResult.Completed',
      news: {
        type: 'play',
        status: 'completed',
        operationContext: PLAY_CONTEXT,
        outcome: { code: 200, subcode: 0, message: 'The prompt was played to the end.' },
      },
    },
    {
      fixture: 'PlayAudioResult.Cancelled',
      news: {
        type: 'play',
        status: 'cancelled',
        operationContext: PLAY_CONTEXT,
        outcome: { code: 400, subcode: 8508, message: 'The operation was cancelled before it ended.' },
      },
    },
    {
      fixture: 'InviteParticipantResult.Completed',
      news: {
        type: 'invite',
        status: 'completed',
        operationContext: INVITE_CONTEXT,
        outcome: null,
        identities: [user('e543-4559-b6d7-43022a61525b')],
        eventId: 'e3a2358d-41f2-4c18-a2a3-ce682dd3be8f',
        invitationId: 'i1',
      },
    },
    {
      fixture: 'InviteParticipantResult.Failed',
      news: {
        type: 'invite',
        status: 'failed',
        operationContext: INVITE_CONTEXT,
        outcome: { code: 486, subcode: 8539, message: 'The invited participant was busy.' },
        identities: [identityOf('+14255550177')],
        eventId: '1ae70f1a-8210-4369-956c-57d6bcd983b8',
        invitationId: 'i1',
      },
    },
    {
      fixture: 'ParticipantsUpdated.Joined',
      news: {
        type: 'roster',
        sequenceNumber: 1,
        entries: [
          {
            identity: user('98a8-4e64-94aa-23437553cba7'),
            participantId: '1d558390-1937-4deb-887a-a031cf8cb7ac',
            isMuted: false,
            isOnHold: false,
          },
          {
            identity: identityOf('+14255550142'),
            participantId: '45fb4a44-a456-4e5c-8908-dd24d1860f5a',
            isMuted: false,
            isOnHold: false,
          },
        ],
      },
    },
  ])('writes $fixture as it came', ({ fixture, news }) => {
    const expected = loadFixture(`preview-2021-04/call-481f3600/${fixture}.json`) as Fixture;

    expect(render(news, expected.eventTime)).toEqual(expected);
  });

  it.each([...'0123456789*#ABCDF'])('writes key %s as a tone that is understood', key => {
    const read = preview202104.read(render({ type: 'tone', sequenceId: 1, key }));

    expect(read).toMatchObject({ ok: true, event: { payload: { type: 'tone.received' } } });
  });

  it.each([
    { rawId: '8:orgid:u1', user: { UserId: 'u1', IsAnonymous: false, Cloud: 'public' } },
    { rawId: '8:gcch:u1', user: { UserId: 'u1', IsAnonymous: false, Cloud: 'gcch' } },
    { rawId: '8:teamsvisitor:u1', user: { UserId: 'u1', IsAnonymous: true, Cloud: 'public' } },
  ])('writes $rawId as a Teams user', ({ rawId, user: expected }) => {
    const entries = [{ identity: identityOf(rawId), participantId: 'p1', isMuted: true, isOnHold: false }];

    const data = render({ type: 'roster', sequenceNumber: 1, entries })?.data;

    expect(data).toMatchObject({
      Participants: [{ Identifier: { RawId: rawId, MicrosoftTeamsUser: expected } }],
    });
  });
});

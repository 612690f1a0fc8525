import { describe, expect, it } from 'vitest';
import type { ApiClient, Call } from '../support/api-client.ts';
import { freshCallLegId, seedEvent } from '../support/wire-events.ts';

const CONVERSATION_ID =
  'aHR0cHM6Ly9jb252LXVzc2MtMDIuY29udi5za3lwZS5jb20vY29udi92RFNacTFyTEIwdVotM0dQdjBabUpnP2k9OCZlPTYzNzU1NzQzNzg4NTgzMTgxMQ';

const ACS_USER = '8:acs:016a7064-0581-40b9-be73-6dde64d69d72';

/** What is known of a call whose only event came at that moment. */
function knownFrom(at: string, more: Partial<Call>): Omit<Call, 'callKey' | 'callLegId'> {
  return {
    dialect: 'preview-2021-04',
    state: 'connected',
    callConnectionId: null,
    conversationId: null,
    createdAt: at,
    connectedAt: null,
    endedAt: null,
    inferred: false,
    outcome: null,
    connectingAt: null,
    disconnectingAt: null,
    lastEventAt: at,
    reason: null,
    request: null,
    participants: [],
    tones: [],
    operations: [],
    recordings: [],
    gaps: [{ about: 'connection', text: 'The call was connected, as other events prove; none told when.' }],
    flow: null,
    actions: [],
    timers: [],
    ...more,
  };
}

function listed(rawId: string, participantId: string): Call['participants'][number] {
  const stays = [{ joinedAt: '2021-04-16T06:26:37.9121542Z', leftAt: null }];
  return {
    rawId,
    participantId,
    isMuted: false,
    isOnHold: false,
    present: true,
    stays,
    mutedIntervals: [],
    heldIntervals: [],
  };
}

interface SeedCall {
  readonly events: readonly string[];
  readonly expected: Omit<Call, 'callKey' | 'callLegId'>;
}

const SEED_CALLS: readonly SeedCall[] = [
  {
    events: ['Terminated', 'Established', 'Terminating', 'Establishing'].map(
      state => `531f3600.CallLegStateChanged.${state}`,
    ),
    expected: knownFrom('2021-05-05T20:08:39.0157964Z', {
      state: 'disconnected',
      conversationId: CONVERSATION_ID,
      connectingAt: '2021-05-05T20:08:39.0157964Z',
      connectedAt: '2021-05-05T20:08:59.5783985Z',
      disconnectingAt: '2021-05-05T20:13:45.7398707Z',
      endedAt: '2021-05-05T20:13:46.1541814Z',
      lastEventAt: '2021-05-05T20:13:46.1541814Z',
      outcome: 'answered',
      gaps: [],
      reason: {
        code: null,
        subcode: null,
        text: 'The call ended; this dialect does not say who ended it.',
      },
    }),
  },
  {
    events: ['471f3600.DtmfReceived.Tone1', '471f3600.PlayAudioResult.Cancelled'],
    expected: knownFrom('2021-05-05T20:31:00.4818813Z', {
      lastEventAt: '2021-05-05T20:31:01.2789071Z',
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
          reason: { text: 'The operation was cancelled.', class: 'cancelled', retry: 'none' },
          participants: [],
        },
      ],
    }),
  },
  {
    events: ['511f3600.PlayAudioResult.Completed'],
    expected: knownFrom('2021-05-05T20:38:22.0476663Z', {
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
          reason: { text: 'It ended normally.', class: 'ok', retry: 'none' },
          participants: [],
        },
      ],
    }),
  },
  {
    events: ['421f6d00.InviteParticipantResult.Completed'],
    expected: knownFrom('2021-05-05T21:49:52.8138396Z', {
      // Somebody else's joining says nothing of this call leg.
      state: 'unknown',
      gaps: [],
      operations: [
        {
          kind: 'addParticipants',
          operationContext: '5dbcbdd4-febf-4091-a5be-543f09b2692c',
          status: 'completed',
          startedAt: null,
          endedAt: '2021-05-05T21:49:52.8138396Z',
          code: null,
          subcode: null,
          message: null,
          reason: null,
          participants: [
            {
              rawId: `${ACS_USER}_00000009-de04-ee58-740a-113a0d00330d`,
              status: 'completed',
              startedAt: null,
              endedAt: '2021-05-05T21:49:52.8138396Z',
              code: null,
              subcode: null,
              message: null,
              reason: null,
            },
          ],
        },
      ],
    }),
  },
  {
    events: ['411f6d00.ParticipantsUpdated.TwoParticipants'],
    expected: knownFrom('2021-04-16T06:26:37.9121542Z', {
      participants: [
        listed(`${ACS_USER}_00000009-547e-c56e-71bf-a43a0d002dc1`, '16c3518f-5ff5-4989-8073-39255a71fb58'),
        listed(`${ACS_USER}_00000009-7904-f8c2-51b9-a43a0d0010d9`, 'de7539f7-019e-4934-a4c9-9a770e5e07bb'),
      ],
    }),
  },
];

/** The events of the article that Microsoft published with the preview: five call legs, so five calls. */
export function seedCases(api: () => ApiClient): void {
  describe('GET /api/calls/{callKey}, the calls of the article', () => {
    it.each(SEED_CALLS)('shows all of $events', async ({ events, expected }) => {
      const leg = freshCallLegId();
      for (const name of events) await api().deliver(seedEvent(name, leg));
      await api().journal(leg, events.length);
      const { callKey, callLegId, ...call } = await api().call(leg);

      expect(call).toEqual(expected);
      expect(callLegId).toBe(leg);
      expect(callKey).toMatch(/^x[\w-]{22}$/);
      expect(await api().call(callKey)).toEqual({ callKey, callLegId, ...call });
    });

    it('keeps five call legs in one callback apart', async () => {
      const legs = SEED_CALLS.map(() => freshCallLegId());
      const events = SEED_CALLS.flatMap((call, index) =>
        call.events.map(name => seedEvent(name, legs[index] ?? '')),
      );
      expect(await api().deliver(events)).toEqual({ accepted: 9, parked: [] });

      for (const [index, { events: names, expected }] of SEED_CALLS.entries()) {
        const leg = legs[index] ?? '';
        await api().journal(leg, names.length);
        expect(await api().call(leg)).toMatchObject(expected);
      }
    });
  });
}

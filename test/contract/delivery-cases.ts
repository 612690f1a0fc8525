import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ApiClient, Call, JournalEntry } from '../support/api-client.ts';
import { element } from '../support/preview-2021-04-elements.ts';
import {
  fixtureCall,
  freshCallKey,
  freshCallLegId,
  freshMoment,
  stateReached,
  tonePressed,
  type WireEvent,
} from '../support/wire-events.ts';

type Deliver = (events: readonly WireEvent[], callKey: string) => Promise<unknown>;

/** Whatever way events come, what is known of the call is the same. */
export function deliveryCases(api: () => ApiClient): void {
  const oneByOne: Deliver = async (events, callKey) => {
    for (const event of events) await api().deliver(event, callKey);
  };

  describe('POST /api/callbacks, one call in every way', () => {
    const ways: readonly (readonly [string, Deliver])[] = [
      ['forwards', oneByOne],
      ['backwards', (events, callKey) => oneByOne(events.toReversed(), callKey)],
      ['twice', (events, callKey) => oneByOne([...events, ...events], callKey)],
      ['shuffled', (events, callKey) => oneByOne(shuffled(events), callKey)],
      ['in one array', (events, callKey) => api().deliver(events, callKey)],
      ['all at once', (events, callKey) => Promise.all(events.map(event => api().deliver(event, callKey)))],
    ];

    it('makes the same of it, forwards, backwards, twice, shuffled, in one array and all at once', async () => {
      const leg = freshCallLegId();
      const events = fixtureCall(leg);
      const calls: Omit<Call, 'callKey'>[] = [];
      for (const [, deliver] of ways) {
        const key = freshCallKey();
        await deliver(events, key);
        expect(await api().journal(key, events.length)).toHaveLength(events.length);
        const { callKey, ...call } = await api().call(key);
        expect(callKey).toBe(key);
        calls.push(call);
      }

      for (const [index, call] of calls.entries()) expect(call, ways[index]?.[0]).toEqual(calls[0]);
      expect(calls[0]).toMatchObject({
        callLegId: leg,
        state: 'disconnected',
        connectedAt: '2021-05-20T01:14:14.8710282Z',
        endedAt: '2021-05-20T01:15:36.7449885Z',
        outcome: 'answered',
        tones: [{ tone: 'one' }, { tone: 'pound' }],
        participants: [{ rawId: '4:+14255550142', present: false }, { present: false }],
        recordings: [{ state: 'active', startedAt: '2021-05-20T01:14:18.5520000Z' }],
      });
    }, 60_000);

    it('counts an event once that came five times', async () => {
      const leg = freshCallLegId();
      const event = tonePressed(leg, 1);
      await Promise.all(Array.from({ length: 5 }, () => api().deliver(event)));
      await api().deliver(tonePressed(leg, 2));
      const journal = await api().journal(leg, 2);

      expect(journal).toHaveLength(2);
      expect((await api().call(leg)).tones).toHaveLength(2);
    });

    it('loses none of forty events that come at the same time', async () => {
      const callKey = freshCallKey();
      const leg = freshCallLegId();
      const events = Array.from({ length: 40 }, (_, index) => tonePressed(leg, index + 1));
      await Promise.all(events.map(event => api().deliver(event, callKey)));
      const journal = await api().journal(callKey, 40, 20_000);

      expect(journal).toHaveLength(40);
      expect((await api().call(callKey)).tones.map(({ sequenceId }) => sequenceId)).toEqual(
        events.map((_, index) => index + 1),
      );
    });

    it('takes a batch of twenty events of two calls', async () => {
      const legs = [freshCallLegId(), freshCallLegId()];
      const events = Array.from({ length: 20 }, (_, index) => tonePressed(legs[index % 2] ?? '', index));

      expect(await api().deliver(events)).toEqual({ accepted: 20, parked: [] });
      for (const leg of legs) expect(await api().journal(leg, 10)).toHaveLength(10);
    });

    it('takes a roster of 350 participants', async () => {
      const leg = freshCallLegId();
      const Participants = Array.from({ length: 350 }, () => participant());

      expect(
        await api().deliver(element('ParticipantsUpdated', { Participants }, { callLegId: leg })),
      ).toEqual({
        accepted: 1,
        parked: [],
      });
      const { participants } = await api().call(leg, call => call.participants.length === 350);
      expect(participants.map(({ participantId }) => participantId).toSorted()).toEqual(
        Participants.map(({ ParticipantId }) => ParticipantId).toSorted(),
      );
    });

    it('takes events with small first letters too', async () => {
      const leg = freshCallLegId();
      const event = tonePressed(leg, 3);
      await api().deliver({ ...event, data: { toneInfo: { sequenceId: 3, tone: 'tone3' }, callLegId: leg } });

      expect((await api().call(leg)).tones).toMatchObject([{ sequenceId: 3, tone: 'three' }]);
    });
  });

  describe('GET /api/calls/{callKey}', () => {
    it('takes the id of ACS in place of the key', async () => {
      const callKey = freshCallKey();
      const leg = freshCallLegId();
      await api().deliver(tonePressed(leg, 1), callKey);
      const call = await api().call(leg);

      expect(call).toMatchObject({ callKey, callLegId: leg });
      expect(await api().journal(leg, 1)).toEqual(await api().journal(callKey, 1));
    });

    it.each(['', '/journal'])('answers 404 for a call that is not known, asked for its %s', async path => {
      const response = await api().request(`/api/calls/${freshCallKey()}${path}`);

      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ type: 'urn:ringback:problem:not-found' });
    });

    it('answers 404 for an id with every odd character', async () => {
      expect(await api().findCall('8:acs:a/b?c#d%e\u00fc +"\'\\')).toBeUndefined();
    });
  });

  describe('GET /api/calls/{callKey}/journal', () => {
    it('shows an event of an unknown type with all that came', async () => {
      const leg = freshCallLegId();
      const event = element('SomethingNew', { Anything: [1, { deep: '\u00fc' }] }, { callLegId: leg });
      await api().deliver(event);
      const [entry] = await api().journal(leg, 1);

      expect(entry).toMatchObject({
        number: 1,
        type: 'unknown',
        callLegId: leg,
        data: { wireType: 'Microsoft.Communication.SomethingNew', raw: event },
      });
      expect((await api().call(leg)).state).toBe('unknown');
    });

    it('lists events in the order of application, page by page', async () => {
      const leg = freshCallLegId();
      const start = freshMoment();
      const states = ['Terminated', 'Established', 'Establishing'];
      for (const [index, state] of states.entries()) {
        await api().deliver(stateReached(leg, state, start));
        await api().journal(leg, index + 1);
      }
      const found: JournalEntry[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page = await api().journalPage(leg, `?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
        expect(page.items).toHaveLength(1);
        found.push(...page.items);
        cursor = page.nextCursor;
      }

      expect(found.map(({ number }) => number)).toEqual([1, 2, 3]);
      expect(found.map(({ type }) => type)).toEqual([
        'call.disconnected',
        'call.connected',
        'call.connecting',
      ]);
    });
  });
}

function participant() {
  const rawId = `8:acs:${randomUUID()}_${randomUUID()}`;
  return {
    Identifier: {
      RawId: rawId,
      CommunicationUser: { Id: rawId },
      PhoneNumber: null,
      MicrosoftTeamsUser: null,
    },
    ParticipantId: randomUUID(),
    IsMuted: false,
  };
}

/** An order that is none of the others, the same in every run. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  return items.map((_, index) => items[(index * 5 + 3) % items.length]).filter(item => item !== undefined);
}

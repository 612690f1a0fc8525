import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ApiClient, readProblem } from '../support/api-client.ts';
import { element } from '../support/preview-2021-04-elements.ts';
import { freshCallKey, freshCallLegId, malformedEvent, tonePressed } from '../support/wire-events.ts';

/** What cannot be processed is kept, shown, replayed and dropped. */
export function parkedCases(api: () => ApiClient): void {
  describe('POST /api/callbacks, good and malformed events together', () => {
    it('takes the good ones in and parks the others with their place', async () => {
      const leg = freshCallLegId();
      const mark = randomUUID();
      const received = await api().deliver([
        tonePressed(leg, 1),
        malformedEvent(leg),
        { strange: mark },
        tonePressed(leg, 2),
      ]);

      expect(received.accepted).toBe(2);
      expect(received.parked.map(({ pointer }) => pointer)).toEqual(['/1/data/ToneInfo/SequenceId', '/2']);
      expect((await api().call(leg, call => call.tones.length === 2)).tones).toHaveLength(2);
      expect(await api().parked(mark)).toMatchObject({
        reason: 'malformed',
        kind: 'element',
        pointer: '/2',
        callKey: null,
        text: JSON.stringify({ strange: mark }),
      });
    });

    it('parks a malformed event that comes alone, and says where the fault is', async () => {
      const leg = freshCallLegId();
      const callKey = freshCallKey();
      const event = malformedEvent(leg);
      const received = await api().deliver(event, callKey);

      expect(received).toMatchObject({ accepted: 0, parked: [{ pointer: '/data/ToneInfo/SequenceId' }] });
      expect(await api().findParked(leg)).toMatchObject({
        reason: 'malformed',
        callKey,
        pointer: '/data/ToneInfo/SequenceId',
        detail: received.parked[0]?.reason,
        text: JSON.stringify(event),
      });
      expect(await api().findCall(callKey)).toBeUndefined();
    });

    it('parks one row for a malformed event that is sent again in the same callback', async () => {
      const leg = freshCallLegId();
      await api().deliver(malformedEvent(leg));
      const { items } = await api().parkedPage('?limit=500');

      expect(items.filter(({ text }) => text.includes(leg))).toHaveLength(1);
    });

    it('parks an event that names no call when the URL names none', async () => {
      const mark = randomUUID();
      const { data: _, subject: __, ...envelope } = element('SomethingNew', {});
      await api().deliver({ ...envelope, data: { mark } });

      expect(await api().findParked(mark)).toMatchObject({ reason: 'noCallId', callKey: null });
    });

    it('parks an event that is too large for the queue', async () => {
      const leg = freshCallLegId();
      const noise = Array.from({ length: 3_000 }, () => randomUUID()).join('');
      const received = await api().deliver(element('SomethingNew', { noise }, { callLegId: leg }));
      const parked = await api().parked(leg);

      expect(received).toMatchObject({ accepted: 0, parked: [{ pointer: '' }] });
      expect(parked).toMatchObject({ reason: 'tooLarge' });
      expect(parked.text).toContain(noise);
    });

    it('parks an event of another call than the one that its URL belongs to', async () => {
      const callKey = freshCallKey();
      const [own, foreign] = [freshCallLegId(), freshCallLegId()];
      await api().deliver(tonePressed(own, 1), callKey);
      await api().call(callKey);
      const event = tonePressed(foreign, 2);
      await api().deliver(event, callKey);

      expect(await api().parked(foreign)).toMatchObject({
        reason: 'foreignId',
        kind: 'element',
        callKey,
        text: JSON.stringify(event),
      });
      expect(await api().call(callKey)).toMatchObject({ callLegId: own, tones: [{ sequenceId: 1 }] });
      expect(await api().findCall(foreign)).toBeUndefined();
    });
  });

  describe('/api/parked/{id}', () => {
    it('is not replayed when it is still malformed, and is dropped once', async () => {
      const leg = freshCallLegId();
      await api().deliver(malformedEvent(leg));
      const { id } = await api().parked(leg);
      const replayed = await api().request(`/api/parked/${id}/replay`, 'POST');

      expect(replayed.status).toBe(409);
      expect(await readProblem(replayed)).toMatchObject({
        type: 'urn:ringback:problem:cannot-replay',
        errors: [{ pointer: '/data/ToneInfo/SequenceId' }],
      });
      expect(await api().findParked(leg)).toBeDefined();

      const dropped = await api().request(`/api/parked/${id}`, 'DELETE');
      expect([dropped.status, await dropped.text()]).toEqual([204, '']);
      expect(await api().findParked(leg)).toBeUndefined();

      const again = await api().request(`/api/parked/${id}`, 'DELETE');
      expect(again.status).toBe(404);
      expect((await readProblem(again)).type).toBe('urn:ringback:problem:not-found');
    });

    it('is not replayed when its call is bound to another id', async () => {
      const callKey = freshCallKey();
      const foreign = freshCallLegId();
      await api().deliver(tonePressed(freshCallLegId(), 1), callKey);
      await api().call(callKey);
      await api().deliver(tonePressed(foreign, 1), callKey);
      const { id } = await api().parked(foreign);

      expect((await api().request(`/api/parked/${id}/replay`, 'POST')).status).toBe(409);
    });

    it.each([
      ['POST', '/replay'],
      ['DELETE', ''],
    ])('answers 404 to %s%s when the id is none, or none of a parked thing', async (method, path) => {
      const unused = `${'9'.repeat(21)}-${'x'.repeat(22)}`;
      for (const id of [unused, 'nonsense', '!', "'%20or%20true"]) {
        expect((await api().request(`/api/parked/${id}${path}`, method)).status).toBe(404);
      }
    });
  });

  describe('GET /api/parked', () => {
    it('lists the newest first, page by page', async () => {
      const legs = [freshCallLegId(), freshCallLegId(), freshCallLegId()];
      for (const leg of legs) await api().deliver(malformedEvent(leg));
      const first = await api().parkedPage('?limit=2');
      const second = await api().parkedPage(`?limit=2&cursor=${first.nextCursor}`);
      const found = [...first.items, ...second.items];

      expect(first.items).toHaveLength(2);
      expect(found.map(({ receivedAt }) => receivedAt)).toEqual(
        found
          .map(({ receivedAt }) => receivedAt)
          .toSorted()
          .reverse(),
      );
      const places = legs.map(leg => found.findIndex(({ text }) => text.includes(leg)));
      expect(places).toEqual(places.toSorted((a, b) => b - a));
      expect(places).not.toContain(-1);
    });

    it.each(['limit=0', 'limit=501', 'cursor=nonsense'])(
      'answers 400 to ?%s and points at it',
      async query => {
        const response = await api().request(`/api/parked?${query}`);

        expect(response.status).toBe(400);
        expect((await readProblem(response)).errors?.[0]?.pointer).toBe(`?${query.split('=')[0]}`);
      },
    );
  });
}

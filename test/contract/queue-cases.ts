import { randomUUID } from 'node:crypto';
import { QueueClient } from '@azure/storage-queue';
import { describe, expect, it } from 'vitest';
import { STORAGE_NAMES } from '../../shared/compose-storage.ts';
import { encodeCallEvents } from '../../shared/queues/call-events-message.ts';
import type { ApiClient } from '../support/api-client.ts';
import { freshCallKey, freshCallLegId, tonePressed } from '../support/wire-events.ts';
import type { Target } from './target.ts';

/** Longer than from one run of the timer to the next, for hosts that do not start it by hand. */
const SWEEP_TIMEOUT_MS = 90_000;

/** What somebody puts into the queues by hand, or the host gives up on, is not lost. */
export function queueCases(api: () => ApiClient, target: () => Target): void {
  const put = async (queueName: string, raw: string) => {
    const queue = new QueueClient(target().storageConnectionString ?? '', queueName);
    await queue.createIfNotExists();
    await queue.sendMessage(raw);
  };
  const sweepNow = async () => {
    const { baseUrl, functionKey } = target();
    await fetch(`${baseUrl}/admin/functions/sweep`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(functionKey && { 'x-functions-key': functionKey }) },
      body: '{"input":""}',
    });
  };

  describe('the queue call-events', () => {
    const { callEvents } = STORAGE_NAMES.queues;

    it.each([
      ['no JSON', () => `garbage ${randomUUID()}`],
      ['JSON of another shape', () => JSON.stringify({ id: randomUUID(), dequeueCount: 'x', elements: 7 })],
      ['a JSON text', () => JSON.stringify(randomUUID())],
      ['indented JSON', () => JSON.stringify({ mark: randomUUID() }, null, 2)],
      ['text behind a byte order mark', () => `\uFEFF${randomUUID()}`],
    ])('has %s parked as it was put', async (_, makeText) => {
      const text = makeText();
      await put(callEvents, Buffer.from(text).toString('base64'));

      expect(await api().parked(text)).toMatchObject({ reason: 'undecodable', kind: 'message', text });
    });

    it('has bytes that are no text parked as they lay in the queue', async () => {
      const raw = Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from(randomUUID())]).toString(
        'base64',
      );
      await put(callEvents, raw);

      expect(await api().parked(raw)).toMatchObject({ reason: 'undecodable', text: raw });
    });
  });

  describe('the queue call-events-poison', () => {
    const { callEventsPoison } = STORAGE_NAMES.queues;

    const givenUp = (replays?: number) => {
      const callKey = freshCallKey();
      const leg = freshCallLegId();
      const { texts } = encodeCallEvents({
        callKey,
        receivedAt: '2021-05-05T20:08:39.0157964Z',
        attempt: 0,
        replays,
        traceparent: null,
        elements: [tonePressed(leg, 1)],
      });
      return { callKey, leg, texts };
    };

    it(
      'has what the host gave up on taken up again',
      async () => {
        const { callKey, leg, texts } = givenUp();
        await put(callEventsPoison, Buffer.from(texts[0] ?? '').toString('base64'));
        await sweepNow();

        expect(await api().call(callKey, undefined, SWEEP_TIMEOUT_MS)).toMatchObject({ callLegId: leg });
        expect(await api().findParked(leg)).toBeUndefined();
      },
      SWEEP_TIMEOUT_MS,
    );

    it(
      'has what the host gave up on again and again parked, and replayed when asked',
      async () => {
        const { callKey, leg, texts } = givenUp(3);
        await put(callEventsPoison, Buffer.from(texts[0] ?? '').toString('base64'));
        await sweepNow();
        const parked = await api().parked(leg, SWEEP_TIMEOUT_MS);
        expect(parked).toMatchObject({ reason: 'gaveUp', kind: 'message', callKey, text: texts[0] });

        const replayed = await api().request(`/api/parked/${parked.id}/replay`, 'POST');
        expect([replayed.status, await replayed.json()]).toEqual([202, { id: parked.id, state: 'replayed' }]);
        expect(await api().call(callKey)).toMatchObject({ callLegId: leg });
        expect(await api().findParked(leg)).toBeUndefined();
      },
      SWEEP_TIMEOUT_MS,
    );

    it.each([
      ['garbage in base64', (text: string) => Buffer.from(text).toString('base64')],
      ['text that is no base64', (text: string) => text],
    ])(
      'has %s parked as it was put',
      async (_, encode) => {
        const text = `{"garbage": "${randomUUID()}"}`;
        await put(callEventsPoison, encode(text));
        await sweepNow();

        expect(await api().parked(text, SWEEP_TIMEOUT_MS)).toMatchObject({ reason: 'undecodable', text });
      },
      SWEEP_TIMEOUT_MS,
    );
  });
}

import { describe, expect, it } from 'vitest';
import { callKeyOf } from '../../shared/ids/call-key.ts';
import { type ApiClient, readProblem } from '../support/api-client.ts';
import {
  callbackOf,
  eventGridDelivery,
  freshCallKey,
  freshCallLegId,
  SERVER_CALL_ID,
} from '../support/wire-events.ts';

/** What Event Grid sends, and what it is answered. */
export function eventGridCases(api: () => ApiClient): void {
  describe('/api/event-grid', () => {
    it('answers the validation of a subscription with its code', async () => {
      const delivery = eventGridDelivery('SubscriptionValidation', freshCallLegId());
      const response = await api().post(api().eventGridUrl(), delivery, {
        'aeg-event-type': 'SubscriptionValidation',
      });

      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ validationResponse: 'A731C5AF-101E-448C-B4EA-EBD6398D1CE4' });
    });

    it.each([
      ['as it comes', (body: string) => body],
      ['with its data as a text', withDataAsText],
    ])('takes an incoming call that calls itself a text, %s', async (_, disguise) => {
      const serverCallId = freshCallLegId();
      const body = disguise(JSON.stringify(eventGridDelivery('IncomingCall.pstn', serverCallId)));
      const headers = { 'content-type': 'text/plain' };
      const response = await fetch(api().eventGridUrl(), { method: 'POST', headers, body });

      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ accepted: 1, parked: [] });
      expect(await api().call(callKeyOf(serverCallId))).toMatchObject({ conversationId: serverCallId });
    });

    it('takes an incoming call of somebody who is not told, and shows it so', async () => {
      const serverCallId = freshCallLegId();
      const [event] = eventGridDelivery('IncomingCall.pstn', serverCallId) as [{ readonly data: object }];
      await api().post(api().eventGridUrl(), [{ ...event, data: { ...event.data, from: null } }]);

      const [entry] = await api().journal(callKeyOf(serverCallId), 1);
      expect(entry).toMatchObject({ type: 'call.incoming', data: { from: null } });
    });

    it('answers the handshake of CloudEvents', async () => {
      const response = await fetch(api().eventGridUrl(), {
        method: 'OPTIONS',
        headers: { 'webhook-request-origin': 'eventgrid.azure.net', 'webhook-request-rate': '100' },
      });

      expect(response.status).toBe(200);
      expect(response.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
      expect(response.headers.get('webhook-allowed-rate')).toBe('100');
    });

    it('answers 400 to a handshake of nobody', async () => {
      const response = await fetch(api().eventGridUrl(), { method: 'OPTIONS' });

      expect(response.status).toBe(400);
      expect((await readProblem(response)).type).toBe('urn:ringback:problem:no-origin');
    });

    it.each(['POST', 'OPTIONS'])('answers 401 to %s without the signature of its URL', async method => {
      const urls = [
        api().eventGridUrl().replace(/\?.*/, ''),
        api().eventGridUrl('another secret'),
        api().callbackUrl().replace('callbacks', 'event-grid'),
      ];
      for (const url of urls) {
        const headers = { 'webhook-request-origin': 'eventgrid.azure.net', 'content-type': 'text/plain' };
        const response = await fetch(url, { method, headers });

        expect(response.status).toBe(401);
        expect((await readProblem(response)).type).toBe('urn:ringback:problem:not-authentic');
      }
    });

    it('makes one call of an incoming one, however often it is delivered, in either schema', async () => {
      const serverCallId = freshCallLegId();
      const deliveries = [1, 2, 3, 4, 5].map(number =>
        eventGridDelivery(number % 2 === 0 ? 'IncomingCall.cloudevents' : 'IncomingCall.pstn', serverCallId),
      );
      for (const delivery of deliveries) {
        const response = await api().post(api().eventGridUrl(), delivery);
        expect(await response.json()).toEqual({ accepted: 1, parked: [] });
      }

      const callKey = callKeyOf(serverCallId);
      const call = await api().call(callKey);
      expect(call).toMatchObject({
        dialect: 'event-grid',
        state: 'connecting',
        conversationId: serverCallId,
      });
      // What comes after them, in the same queue, shows that they are through.
      await api().post(api().eventGridUrl(), eventGridDelivery('CallStarted', serverCallId));
      expect((await api().journal(callKey, 2)).map(({ type }) => type)).toEqual([
        'call.incoming',
        'report.callStarted',
      ]);
    });

    it('files a report under the call whose server call it names', async () => {
      const callKey = freshCallKey();
      const serverCallId = freshCallLegId();
      const connected = JSON.parse(
        JSON.stringify(callbackOf('ga/CallConnected', freshCallLegId())).replaceAll(
          SERVER_CALL_ID,
          serverCallId,
        ),
      ) as unknown;
      await api().deliver(connected, callKey);
      await api().call(callKey);

      await api().post(api().eventGridUrl(), eventGridDelivery('CallEnded', serverCallId));

      const journal = await api().journal(callKey, 2, 30_000);
      expect(journal.map(({ type }) => type)).toEqual(['call.connected', 'report.callEnded']);
      expect(await api().call(callKey)).toMatchObject({ dialect: 'ga', state: 'connected' });
    }, 40_000);
  });
}

function withDataAsText(body: string): string {
  const elements = JSON.parse(body) as { readonly data: unknown }[];
  return JSON.stringify(elements.map(element => ({ ...element, data: JSON.stringify(element.data) })));
}

import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { describe, expect, it } from 'vitest';
import { type ApiClient, readProblem } from '../support/api-client.ts';
import { EmulatorClient } from '../support/emulator/emulator-client.ts';
import { freshCallLegId, stateReached } from '../support/wire-events.ts';
import type { Target } from './target.ts';
import { ROUTES, USER, WRONG_BODIES, WRONG_MEMBERS } from './wrong-requests.ts';

/** Whom the call is from: two calls go out from one number at a time, and nobody hangs up here. */
function freshCaller() {
  return { from: USER, callerId: freshNumber() };
}

/** A number of somebody who answers and says nothing, and which hardly another test or run calls. */
function freshNumber(): string {
  return `+1${randomInt(200, 1000)}55501${randomInt(0, 10)}8`;
}

/** Requests for something to be done: what is taken, what is turned away, and that ACS then hears of nothing. */
export function askingCases(api: () => ApiClient, target: () => Target): void {
  const emulator = () => new EmulatorClient(target().emulatorUrl ?? '');

  /** Runs what is to be refused, and holds that nothing went out meanwhile. */
  async function sendsNothing(run: () => Promise<void>): Promise<void> {
    const before = await emulator().requests();
    await run();
    expect(await emulator().requests()).toBe(before);
  }

  async function foreignCall(...states: readonly string[]): Promise<string> {
    const leg = freshCallLegId();
    const at = (index: number) => new Date(Date.UTC(2021, 4, 5, 20, 8, index));
    await api().deliver(states.map((state, index) => stateReached(leg, state, at(index))));
    await api().journal(leg, states.length);
    return (await api().call(leg)).callKey;
  }

  describe.each(ROUTES)('$name', ({ path }) => {
    it.each(WRONG_BODIES)('refuses a body that %s', async (_, { body, ...more }, status, name) => {
      const headers = { 'content-type': 'application/json', ...('headers' in more ? more.headers : {}) };
      await sendsNothing(async () => {
        const response = await api().request(path, 'POST', { headers, body });

        expect(response.status).toBe(status);
        expect((await readProblem(response)).type).toBe(`urn:ringback:problem:${name}`);
      });
    });

    it('answers 411 when the body comes in chunks', async () => {
      const url = new URL(path, target().baseUrl);
      const { functionKey } = target();
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = send(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'transfer-encoding': 'chunked',
          ...(functionKey === undefined ? {} : { 'x-functions-key': functionKey }),
        },
      });
      const answered = once(request, 'response') as Promise<[IncomingMessage]>;
      request.end('{"kind":"hangUp"}');
      const [response] = await answered;
      response.resume();

      expect(response.statusCode).toBe(411);
    });
  });

  describe('a request with', () => {
    it.each(WRONG_MEMBERS)('$name is refused, with its place and what would be right', async wrong => {
      const callKey = wrong.path.startsWith('{call}') ? await foreignCall('Established') : '';
      const path = wrong.path.replace('{guid}', randomUUID()).replace('{call}', `/api/calls/${callKey}`);
      await sendsNothing(async () => {
        const response = await api().ask(path, wrong.body);

        expect(response.status).toBe(422);
        const { type, errors = [] } = await readProblem(response);
        expect(type).toBe('urn:ringback:problem:invalid-request');
        expect(errors.map(({ pointer }) => pointer)).toEqual([wrong.at]);
        expect(errors[0]?.detail).toMatch(wrong.example);
      });
    });
  });

  describe('what the dialect of a call cannot do is refused:', () => {
    it.each([
      ['handing on a call of the 2021-04 preview', '{call}/actions', { kind: 'transferCall', to: USER }],
      [
        'a name to show on a call of the 2021-04 preview',
        '/api/calls',
        { to: USER, from: USER, dialect: 'preview-2021-04', displayName: 'Clinic' },
      ],
    ])('%s', async (_, path, body) => {
      const callKey = path.startsWith('{call}') ? await foreignCall('Established') : '';
      await sendsNothing(async () => {
        const response = await api().ask(path.replace('{call}', `/api/calls/${callKey}`), body);

        expect(response.status).toBe(422);
        expect((await readProblem(response)).type).toBe('urn:ringback:problem:not-supported');
      });
    });
  });

  describe('POST /api/calls', () => {
    it('is answered with where to look, rings once, and shows what was asked for', async () => {
      const to = freshNumber();
      const caller = freshCaller();
      const asked = await api().asked('/api/calls', { ...caller, to, subject: 'Reminder' });
      const { callKey, actionId } = asked;

      const call = await api().call(callKey, ({ state }) => state === 'connected');
      expect(call.request).toEqual({
        kind: 'placeCall',
        to: [`4:${to}`],
        from: USER,
        callerId: `4:${caller.callerId}`,
        conversationId: null,
        participantId: null,
        subject: 'Reminder',
      });
      expect(call.actions).toMatchObject([{ id: actionId, kind: 'placeCall', state: 'done' }]);
      expect(await emulator().count(callKey, 'ring')).toBe(1);
    });

    it('has the same answer for the same request with the same key, and calls once', async () => {
      const [body, key] = [{ ...freshCaller(), to: freshNumber() }, { 'idempotency-key': randomUUID() }];
      const asked = await Promise.all([1, 2, 3].map(() => api().asked('/api/calls', body, key)));
      const again = await api().asked('/api/calls', body, key);

      expect(new Set([...asked, again].map(answer => JSON.stringify(answer))).size).toBe(1);
      const { callKey } = again;
      await api().call(callKey, ({ state }) => state === 'connected');
      expect(await emulator().count(callKey, 'ring')).toBe(1);
      await sendsNothing(async () => {
        const other = await api().ask('/api/calls', { ...body, to: freshNumber() }, key);

        expect(other.status).toBe(422);
        expect((await readProblem(other)).type).toBe('urn:ringback:problem:idempotency-key-reused');
      });
    });
  });

  describe('POST /api/calls/{callKey}/actions', () => {
    it('answers 404 for a call that nobody knows', async () => {
      await sendsNothing(async () => {
        const response = await api().ask(`/api/calls/${freshCallLegId()}/actions`, { kind: 'hangUp' });

        expect(response.status).toBe(404);
        expect((await readProblem(response)).type).toBe('urn:ringback:problem:not-found');
      });
    });

    it.each(['hangUp', 'cancelMedia'])(
      'answers 409 to %s on a call that is over, with its end and why',
      async kind => {
        const callKey = await foreignCall('Established', 'Terminated');
        await sendsNothing(async () => {
          const response = await api().ask(`/api/calls/${callKey}/actions`, { kind });

          expect(response.status).toBe(409);
          const { type, detail } = await readProblem(response);
          expect(type).toBe('urn:ringback:problem:call-ended');
          expect(detail).toBe(
            'It ended at 2021-05-05T20:08:01.0000000Z. The call ended; this dialect does not say who ended it.',
          );
        });
        expect((await api().call(callKey)).actions).toEqual([]);
      },
    );

    it('answers 409 to a prompt on a call that is not connected', async () => {
      const callKey = await foreignCall('Establishing');
      const prompt = { kind: 'playAudio', audioFileUri: 'https://media.example.com/a.wav' };
      await sendsNothing(async () => {
        const response = await api().ask(`/api/calls/${callKey}/actions`, prompt);

        expect(response.status).toBe(409);
        const { type, detail } = await readProblem(response);
        expect(type).toBe('urn:ringback:problem:call-not-connected');
        expect(detail).toMatch(/^The call is connecting: playAudio /);
      });
    });

    it('has the same answer for the same key, plays once, and takes no other action with it', async () => {
      const { callKey } = await api().asked('/api/calls', { ...freshCaller(), to: freshNumber() });
      const { callLegId } = await api().call(callKey, ({ state }) => state === 'connected');
      const prompt = { kind: 'playAudio', audioFileUri: 'https://media.example.com/a.wav?seconds=1' };
      const key = { 'idempotency-key': randomUUID() };

      const first = await api().asked(`/api/calls/${callKey}/actions`, prompt, key);
      // The id that ACS gave the call will do in place of its key.
      const again = await api().asked(`/api/calls/${String(callLegId)}/actions`, prompt, key);

      expect(again).toEqual(first);
      const isDone = ({ operations }: { readonly operations: readonly unknown[] }) => operations.length > 0;
      await api().call(callKey, isDone);
      expect(await emulator().count(callKey, 'play')).toBe(1);
      await sendsNothing(async () => {
        const other = await api().ask(`/api/calls/${callKey}/actions`, { kind: 'hangUp' }, key);

        expect(other.status).toBe(422);
        expect((await readProblem(other)).type).toBe('urn:ringback:problem:idempotency-key-reused');
      });
    });
  });

  describe('conversations', () => {
    it.each([
      ['POST', 'join', { from: USER }, 'joinCall'],
      ['POST', 'participants', { participants: ['8:acs:resource_bob'] }, 'addToConversation'],
      ['DELETE', 'participants/a%2Fb', undefined, 'removeFromConversation'],
    ] as const)(
      'take %s …/%s once for one key, and show what was asked for',
      async (method, path, body, kind) => {
        const conversationId = randomUUID();
        const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
        const ask = async (members: object | undefined) => {
          const given = members === undefined ? {} : { body: JSON.stringify(members) };
          return api().request(`/api/conversations/${conversationId}/${path}`, method, { headers, ...given });
        };
        const before = await emulator().requests();
        const [first, again] = [await ask(body), await ask(body)];

        expect([first.status, again.status]).toEqual([202, 202]);
        const requested = (await first.json()) as { readonly callKey: string };
        expect(await again.json()).toEqual(requested);
        expect(again.headers.get('location')).toBe(`/api/calls/${requested.callKey}`);
        expect(await emulator().requests()).toBe(before + 1);
        const call = await api().call(requested.callKey);
        expect(call.request).toMatchObject({ kind, conversationId });
        if (body === undefined) return;
        const other = await ask({
          ...body,
          ...('from' in body ? { subject: 'Other' } : { callerId: '+18335550100' }),
        });
        expect(other.status).toBe(422);
      },
    );
  });
}

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signCallback } from '../../shared/http/callback-signature.ts';
import { ApiClient } from '../support/api-client.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { pollUntil } from '../support/poll-until.ts';
import { startTemporaryAzurite, type TemporaryAzurite } from '../support/temporary-azurite.ts';
import {
  fixtureCall,
  freshCallKey,
  freshCallLegId,
  malformedEvent,
  tonePressed,
} from '../support/wire-events.ts';

const SECRET = `secret-${randomUUID()}`;
const HOST_KEY = `host-key-${randomUUID()}`;
const MASTER_KEY = `master-key-${randomUUID()}`;

const OPERATOR_ROUTES = [
  ['GET', '/api/calls'],
  ['GET', '/api/calls/c1'],
  ['GET', '/api/calls/c1/journal'],
  ['GET', '/api/parked'],
  ['POST', '/api/parked/none/replay'],
  ['DELETE', '/api/parked/none'],
] as const;

let azurite: TemporaryAzurite;
let app: AppProcess;
let api: ApiClient;

beforeAll(async () => {
  azurite = await startTemporaryAzurite();
  app = await startAppProcess({
    settings: { AzureWebJobsStorage: azurite.connectionString, CALLBACK_SECRET: SECRET },
    keys: { hostKey: HOST_KEY, masterKey: MASTER_KEY },
  });
  api = new ApiClient({ baseUrl: app.url, callbackSecret: SECRET, functionKey: HOST_KEY });
});

afterAll(async () => {
  await app.stop();
  await azurite.remove();
});

describe('the keys of the Function App', () => {
  it.each(OPERATOR_ROUTES)('are asked for by %s %s', async (method, path) => {
    const answers = [
      await fetch(`${app.url}${path}`, { method }),
      await fetch(`${app.url}${path}?code=wrong`, { method }),
      await fetch(`${app.url}${path}?code=${HOST_KEY}`, { method, headers: { 'x-functions-key': 'wrong' } }),
    ];

    for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([401, '']);
  });

  it.each(OPERATOR_ROUTES)('open %s %s, in the header and in the URL', async (method, path) => {
    const answers = [
      await fetch(`${app.url}${path}`, { method, headers: { 'x-functions-key': HOST_KEY } }),
      await fetch(`${app.url}${path}?code=${HOST_KEY}`, { method }),
      await fetch(`${app.url}${path}?code=${MASTER_KEY}`, { method }),
    ];

    const expected = path === '/api/calls' || path === '/api/parked' ? 200 : 404;
    for (const answer of answers) expect(answer.status).toBe(expected);
  });

  it.each(['/api/health', '/api/openapi.json'])('are not asked for by %s', async path => {
    expect((await fetch(`${app.url}${path}`)).status).toBe(200);
  });

  it('are no substitute for the signature of a callback, nor asked for with it', async () => {
    const headers = { 'content-type': 'application/json', 'x-functions-key': MASTER_KEY };
    const body = JSON.stringify(tonePressed(freshCallLegId(), 1));
    const unsigned = await fetch(`${app.url}/api/callbacks`, { method: 'POST', headers, body });
    const signed = await api.post(api.callbackUrl(), tonePressed(freshCallLegId(), 1));

    expect([unsigned.status, signed.status]).toEqual([401, 200]);
  });
});

describe('the log', () => {
  it('holds no signature, key, secret, request URL or telephone number', async () => {
    const callKey = freshCallKey();
    const numbers = await useEverything(callKey);
    await pollUntil('the log tells of all', () => {
      const text = app.lines.join('\n');
      const told = ['callbackReceived', 'callbackRefused', 'eventsCommitted', 'thingParked'];
      return told.every(name => text.includes(name)) || undefined;
    });
    const text = app.lines.join('\n');

    for (const number of numbers) expect(text).not.toContain(number);
    for (const secret of [SECRET, HOST_KEY, MASTER_KEY, signCallback(SECRET, callKey)]) {
      expect(text).not.toContain(secret);
    }
    expect(app.lines.filter(line => /sig=|code=|\/api\/calls|\/api\/parked/i.test(line))).toEqual([]);
    expect(text).not.toMatch(/\+1425555\d{4}/);
    expect(text).not.toContain('AccountKey');
  });
});

/** Every route, well and badly; gives the numbers that came along. */
async function useEverything(callKey: string): Promise<string[]> {
  const leg = freshCallLegId();
  await api.deliver(fixtureCall(leg), callKey);
  await api.journal(callKey, 14);
  await api.deliver(tonePressed('+14255550143', 1), callKey);
  await api.parked('+14255550143');
  await api.deliver({ ...malformedEvent(leg), subject: 'callLeg/+14255550144/dtmf' });
  await api.deliver({ ...tonePressed('+14255550145', 1), eventType: 'Microsoft.Communication.+14255550146' });
  await api.call('+14255550145');
  await api.post(api.callbackUrl(callKey, 'wrong secret'), '+14255550147');
  await fetch(api.callbackUrl(callKey), { method: 'POST', body: '[{"number": "+14255550148", ' });
  await api.request('/api/calls?code=wrong&state=+14255550149');
  await api.request('/api/calls/4:+14255550150');
  await api.request('/api/parked/+14255550151/replay', 'POST');
  const { id } = await api.parked('+14255550144');
  await api.request(`/api/parked/${id}/replay`, 'POST');
  await api.request(`/api/parked/${id}`, 'DELETE');
  return ['+14255550142', '+14255550177', ...Array.from({ length: 9 }, (_, n) => `+1425555014${n + 3}`)];
}

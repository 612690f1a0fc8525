import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, readProblem } from '../support/api-client.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { startTemporaryAzurite, type TemporaryAzurite } from '../support/temporary-azurite.ts';
import { TokenIssuer } from '../support/token-issuer.ts';
import {
  callbackOf,
  eventGridDelivery,
  freshCallKey,
  freshCallLegId,
  tonePressed,
} from '../support/wire-events.ts';

let azurite: TemporaryAzurite;
let issuer: TokenIssuer;
let app: AppProcess;
let api: ApiClient;

beforeAll(async () => {
  azurite = await startTemporaryAzurite();
  issuer = await TokenIssuer.start();
  const { audiences, issuers, jwksUrl } = issuer.settings;
  const tokens = (prefix: string) => ({
    [`${prefix}_JWT_AUDIENCE`]: audiences.join(','),
    [`${prefix}_JWT_ISSUER`]: issuers.join(','),
    [`${prefix}_JWT_JWKS_URL`]: jwksUrl,
  });
  app = await startAppProcess({
    settings: {
      AzureWebJobsStorage: azurite.connectionString,
      CALLBACK_SECRET: 'secret',
      EVENT_GRID_KEY: 'the key of Event Grid',
      ...tokens('CALLBACK'),
      ...tokens('EVENT_GRID'),
    },
  });
  api = new ApiClient({ baseUrl: app.url, callbackSecret: 'secret' });
});

afterAll(async () => {
  await app.stop();
  await issuer.stop();
  await azurite.remove();
});

describe('the tokens of GA', () => {
  it('are asked for beside the signature', async () => {
    const callKey = freshCallKey();
    const body = callbackOf('ga/CallConnected', freshCallLegId());
    const good = { authorization: `Bearer ${await issuer.token()}` };
    const wrong = { authorization: `Bearer ${await issuer.token({ claims: { aud: 'another-resource' } })}` };

    const without = await api.post(api.callbackUrl(callKey), body);
    const forAnother = await api.post(api.callbackUrl(callKey), body, wrong);
    const unsigned = await api.post(api.callbackUrl(callKey, 'another secret'), body, good);
    const both = await api.post(api.callbackUrl(callKey), body, good);

    expect([without.status, forAnother.status, unsigned.status, both.status]).toEqual([401, 401, 401, 200]);
    expect((await readProblem(without)).type).toBe('urn:ringback:problem:invalid-token');
    expect((await readProblem(unsigned)).type).toBe('urn:ringback:problem:not-authentic');
    expect(await api.journal(callKey, 1)).toHaveLength(1);
  });

  it('are not asked for with events of the previews', async () => {
    const bodies = [
      tonePressed(freshCallLegId(), 1),
      callbackOf('preview-2021-08/DtmfReceived', freshCallLegId()),
    ];

    for (const body of bodies) expect((await api.post(api.callbackUrl(), body)).status).toBe(200);
  });

  it('are good or not, which nobody can tell while the keys are not to be had', async () => {
    await issuer.addKey('key-2');
    issuer.fault = { status: 500, body: '' };
    const authorization = `Bearer ${await issuer.token()}`;
    const another = await startAppProcess({
      settings: {
        AzureWebJobsStorage: azurite.connectionString,
        CALLBACK_SECRET: 'secret',
        CALLBACK_JWT_AUDIENCE: issuer.audience,
        CALLBACK_JWT_ISSUER: issuer.url,
        CALLBACK_JWT_JWKS_URL: issuer.settings.jwksUrl,
      },
    });
    const client = new ApiClient({ baseUrl: another.url, callbackSecret: 'secret' });
    const body = callbackOf('ga/CallConnected', freshCallLegId());

    const response = await client.post(client.callbackUrl(), body, { authorization });
    await another.stop();
    issuer.fault = undefined;

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect((await readProblem(response)).type).toBe('urn:ringback:problem:keys-unavailable');
  });
});

describe('the tokens of Event Grid', () => {
  it('are asked for beside the key or the signature, and not for the handshake', async () => {
    const delivery = eventGridDelivery('IncomingCall.pstn', freshCallLegId());
    const authorization = `Bearer ${await issuer.token()}`;

    const without = await api.post(api.eventGridUrl(), delivery);
    const good = await api.post(api.eventGridUrl(), delivery, { authorization });
    const url = `${app.url}/api/event-grid?key=`;
    const byKey = await api.post(`${url}the%20key%20of%20Event%20Grid`, delivery, { authorization });
    const byAnother = await api.post(`${url}another`, delivery, { authorization });
    const handshake = await fetch(api.eventGridUrl(), {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
    });

    expect([without.status, good.status, handshake.status]).toEqual([401, 200, 200]);
    expect([byKey.status, byAnother.status]).toEqual([200, 401]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, readProblem } from '../support/api-client.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { startTemporaryAzurite, type TemporaryAzurite } from '../support/temporary-azurite.ts';
import { freshCallLegId, freshMoment, stateReached, tonePressed } from '../support/wire-events.ts';

let azurite: TemporaryAzurite;
const apps: AppProcess[] = [];

beforeAll(async () => {
  azurite = await startTemporaryAzurite();
});

afterAll(async () => {
  await Promise.all(apps.map(app => app.stop()));
  await azurite.remove();
});

async function start(settings: Readonly<Record<string, string>>): Promise<AppProcess> {
  const app = await startAppProcess({
    settings: { AzureWebJobsStorage: azurite.connectionString, ...settings },
  });
  apps.push(app);
  return app;
}

describe('the app', () => {
  it('does not start with a setting that is wrong, and names it, what is expected and an example', async () => {
    const started = start({ CALLBACK_SECRET: 'a', RETENTION_DAYS: 'never' });

    await expect(started).rejects.toThrow(
      'RETENTION_DAYS: expected a whole number from 0 to 36500, such as 90',
    );
  });

  it('does not start with a route to a flow that is not deployed, and says where and which there are', async () => {
    const flow = { name: 'appointment-reminder', version: 77 };
    const INCOMING_CALL_ROUTES = JSON.stringify([{ action: 'ignore' }, { action: 'answer', flow }]);
    const started = start({ CALLBACK_SECRET: 'a', INCOMING_CALL_ROUTES });

    await expect(started).rejects.toThrow(
      'INCOMING_CALL_ROUTES: /1/flow/version: expected a version that is deployed: 1',
    );
  });

  it.each([
    ['ACS_CONNECTION_STRING', { CALLBACK_SECRET: 'a' }],
    ['CALLBACK_SECRET', { ACS_CONNECTION_STRING: 'endpoint=http://127.0.0.1:9/;accesskey=a2V5' }],
  ])('takes no call while %s is missing, and names it', async (name, settings) => {
    const { url } = await start({ CALLBACK_SECRET: '', ACS_SOURCE_USER: '8:acs:app', ...settings });
    const api = new ApiClient({ baseUrl: url, callbackSecret: '' });
    const known = await api.calls('');

    const refused = await api.ask('/api/calls', { to: '8:acs:ann' }, { 'idempotency-key': name });

    expect(refused.status).toBe(500);
    const problem = await readProblem(refused);
    expect(problem.type).toBe('urn:ringback:problem:misconfigured');
    expect(problem.detail).toMatch(new RegExp(`^${name}: expected .+, such as `));
    expect(await api.calls('')).toEqual(known);
  });

  // While settings change, instances with the old ones and with the new ones run side by side, and a callback may reach
  // either; calls that go on were given URLs signed at any step before.
  it('loses no event while the callback secret is replaced', async () => {
    const steps = [
      { CALLBACK_SECRET: 'old', CALLBACK_SECRET_PREVIOUS: '' },
      { CALLBACK_SECRET: 'old', CALLBACK_SECRET_PREVIOUS: 'new' },
      { CALLBACK_SECRET: 'new', CALLBACK_SECRET_PREVIOUS: 'old' },
    ];
    const moment = freshMoment();
    const callLegId = freshCallLegId();
    let sent = 0;
    const running: { readonly app: AppProcess; readonly secret: string }[] = [];
    for (const step of steps) {
      running.push({ app: await start(step), secret: step.CALLBACK_SECRET });
      const sideBySide = running.slice(-2);
      const signedWith = new Set(running.map(({ secret }) => secret));
      for (const { app } of sideBySide) {
        const api = new ApiClient({ baseUrl: app.url, callbackSecret: '' });
        for (const secret of signedWith) {
          const url = api.callbackUrl(undefined, secret);
          const answer = await api.post(url, [tonePressed(callLegId, ++sent, moment)]);
          expect({ step, secret, status: answer.status }).toMatchObject({ status: 200 });
        }
      }
    }
    const api = new ApiClient({ baseUrl: running[0]?.app.url ?? '', callbackSecret: '' });

    expect(await api.journal(callLegId, sent)).toHaveLength(sent);
  });

  it('accepts the old secret no more when it is taken away', async () => {
    const app = await start({ CALLBACK_SECRET: 'new', CALLBACK_SECRET_PREVIOUS: '' });
    const api = new ApiClient({ baseUrl: app.url, callbackSecret: 'old' });
    const event = stateReached(freshCallLegId(), 'Established', freshMoment());

    expect((await api.post(api.callbackUrl(), [event])).status).toBe(401);
  });
});

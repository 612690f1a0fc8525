import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, readProblem } from '../support/api-client.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { pollUntil } from '../support/poll-until.ts';
import { startTemporaryAzurite, type TemporaryAzurite } from '../support/temporary-azurite.ts';
import { freshCallLegId, malformedEvent, tonePressed } from '../support/wire-events.ts';

let azurite: TemporaryAzurite;
let app: AppProcess;
let api: ApiClient;

beforeAll(async () => {
  azurite = await startTemporaryAzurite();
  const callbackSecret = 'the secret of the suite';
  app = await startAppProcess({
    settings: { AzureWebJobsStorage: azurite.connectionString, CALLBACK_SECRET: callbackSecret },
  });
  api = new ApiClient({ baseUrl: app.url, callbackSecret });
});

afterAll(async () => {
  await app.stop();
  await azurite.remove();
});

describe('the app', () => {
  it('asks to be tried again while storage is gone, and goes on when it is back', async () => {
    const before = freshCallLegId();
    await api.deliver(tonePressed(before, 1));
    await api.call(before);
    expect(await api.health()).toMatchObject({ status: 'ok' });

    await azurite.interrupt();
    const during = freshCallLegId();
    for (const body of [tonePressed(during, 1), malformedEvent(during)]) {
      const refused = await api.post(api.callbackUrl(), body);
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await readProblem(refused)).type).toBe('urn:ringback:problem:storage-unavailable');
    }
    const health = await api.request('/api/health');
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      status: 'unavailable',
      storage: { tables: false, queues: false },
    });
    for (const path of ['/api/calls', `/api/calls/${before}`, '/api/parked']) {
      const refused = await api.request(path);
      expect([path, refused.status, refused.headers.get('retry-after')]).toEqual([path, 503, '5']);
    }

    await azurite.resume();
    await pollUntil('the app is well', async () => (await api.health()).status === 'ok' || undefined, 20_000);
    await api.deliver(tonePressed(during, 1));
    expect(await api.call(during, undefined, 20_000)).toMatchObject({ tones: [{ sequenceId: 1 }] });
    expect(await api.call(before)).toMatchObject({ tones: [{ sequenceId: 1 }] });
    expect(app.lines.filter(line => /sig=|code=|AccountKey/i.test(line))).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../shared/clock.ts';
import { compose } from '../../shared/compose.ts';
import { readSettings } from '../../shared/config/settings.ts';
import { receiveCallback } from '../../shared/processing/receive-callback.ts';
import { shareOf } from '../../shared/queues/spread-queue.ts';
import { ApiClient } from '../support/api-client.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { startTemporaryAzurite, type TemporaryAzurite } from '../support/temporary-azurite.ts';
import { fixtureCall, freshCallKey, freshCallLegId } from '../support/wire-events.ts';

const SECRET = `secret-${randomUUID()}`;
const BEFORE = 4;

let azurite: TemporaryAzurite;
const apps: AppProcess[] = [];

beforeAll(async () => {
  azurite = await startTemporaryAzurite();
});

afterAll(async () => {
  await Promise.all(apps.map(app => app.stop()));
  await azurite.remove();
});

/** Starts the app; each start of these tests is another deployment on the same storage. */
async function start(settings: Readonly<Record<string, string>>): Promise<ApiClient> {
  const app = await startAppProcess({
    settings: { AzureWebJobsStorage: azurite.connectionString, CALLBACK_SECRET: SECRET, ...settings },
  });
  apps.push(app);
  return new ApiClient({ baseUrl: app.url, callbackSecret: SECRET });
}

describe('the number of event queues', () => {
  it('can be lowered while messages wait in all of them', async () => {
    const environment = { AzureWebJobsStorage: azurite.connectionString, EVENT_QUEUES: String(BEFORE) };
    const before = compose(() => undefined, readSettings(environment));
    const calls = Array.from({ length: 20 }, () => ({
      callKey: freshCallKey(),
      events: fixtureCall(freshCallLegId()),
    }));
    expect(new Set(calls.map(({ callKey }) => shareOf(callKey, BEFORE))).size).toBe(BEFORE);
    for (const { callKey, events } of calls) {
      const body = JSON.stringify(events.slice(0, 7));
      const receivedAt = eventTimeOf(Date.now());
      await receiveCallback(before, { callKey, body, receivedAt, traceparent: null });
    }

    const api = await start({ EVENT_QUEUES: '1', EVENT_QUEUES_PREVIOUS: String(BEFORE) });
    for (const { callKey, events } of calls) await api.deliver(events.slice(7), callKey);

    for (const { callKey } of calls) expect(await api.journal(callKey, 14)).toHaveLength(14);
    expect(await api.health()).toMatchObject({ queue: { oldestAgeSeconds: null } });
  });
});

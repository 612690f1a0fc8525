import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../../local/emulator/start-emulator.ts';
import { ApiClient } from '../../support/api-client.ts';
import { type AppProcess, startAppProcess } from '../../support/app-process.ts';
import { controlClient } from '../../support/emulator/acs-client.ts';
import { EmulatorClient } from '../../support/emulator/emulator-client.ts';
import { pollUntil } from '../../support/poll-until.ts';
import { startTemporaryAzurite, type TemporaryAzurite } from '../../support/temporary-azurite.ts';
import { CAST } from './cast.ts';

const LINE = '+18335550100';
const KEY = 'the key of Event Grid';

let azurite: TemporaryAzurite;
let emulator: RunningEmulator;
let app: AppProcess;
let api: ApiClient;

beforeAll(async () => {
  azurite = await startTemporaryAzurite();
  emulator = await startEmulator({ seed: 3, speed: 5, callees: CAST });
  const { audience, issuer, jwksUrl } = emulator.tokens;
  app = await startAppProcess({
    settings: {
      AzureWebJobsStorage: azurite.connectionString,
      CALLBACK_SECRET: 'secret',
      CALLBACK_JWT_AUDIENCE: audience,
      CALLBACK_JWT_ISSUER: issuer,
      CALLBACK_JWT_JWKS_URL: jwksUrl,
      EVENT_GRID_KEY: KEY,
      ACS_CONNECTION_STRING: emulator.connectionString,
      INCOMING_CALL_ROUTES: JSON.stringify([{ to: LINE, action: 'answer' }]),
    },
  });
  api = new ApiClient({ baseUrl: app.url, callbackSecret: 'secret' });
});

afterAll(async () => {
  await app.stop();
  await emulator.close();
  await azurite.remove();
});

describe('a call of GA', () => {
  it('is placed, heard of with tokens, asked something and ended', async () => {
    const { callKey } = await api.asked('/api/calls', { to: '+14255550101', callerId: LINE, dialect: 'ga' });
    await api.call(callKey, ({ state }) => state === 'connected');
    const { actionId } = await api.asked(`/api/calls/${callKey}/actions`, {
      kind: 'recognize',
      participant: '+14255550101',
      input: 'tones',
      maxTones: 1,
      prompt: { text: 'Press 1 to confirm your appointment.' },
    });
    const heard = await api.call(callKey, ({ operations }) =>
      operations.some(
        ({ operationContext, status }) => operationContext === actionId && status !== 'running',
      ),
    );
    await api.asked(`/api/calls/${callKey}/actions`, { kind: 'endForAll' });
    const over = await api.call(callKey, ({ state }) => state === 'disconnected');

    expect(heard.operations.find(({ operationContext }) => operationContext === actionId)).toMatchObject({
      status: 'completed',
      subcode: 8531,
    });
    expect(over).toMatchObject({ outcome: 'answered', reason: { code: 200, subcode: 7000 } });
  });

  it('that comes in five times is answered once', async () => {
    const control = controlClient(emulator);
    const url = `${app.url}/api/event-grid?key=${encodeURIComponent(KEY)}`;
    const shaken = await control('POST', 'event-grid/subscribe', { url, schema: 'cloudEvents' });

    const steps = [{ on: 'connected', afterSeconds: 10, do: 'hangUp' }];
    const rung = { to: LINE, from: '+14255550177', url, deliveries: 5, steps };
    await control('POST', 'incoming', rung);
    const requests = () => new EmulatorClient(emulator.url).log({ kind: 'request' });
    const { callKey = '' } = await pollUntil('the app answers', async () =>
      (await requests()).find(({ operation }) => operation === 'answer'),
    );
    const over = await api.call(callKey, ({ state }) => state === 'disconnected');

    expect(shaken.body).toMatchObject({ ok: true });
    expect(over).toMatchObject({ outcome: 'answered', reason: { code: 200, subcode: 560000 } });
    const answers = (await requests()).filter(({ operation }) => operation === 'answer');
    expect(answers.map(({ executed, status }) => ({ executed, status }))).toEqual([
      { executed: true, status: 200 },
    ]);
  });
});

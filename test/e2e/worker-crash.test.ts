import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { pollUntil } from '../support/poll-until.ts';
import { startTemporaryAzurite, type TemporaryAzurite } from '../support/temporary-azurite.ts';
import { freshCallLegId, tonePressed } from '../support/wire-events.ts';

const CALLS = 8;
const EVENTS_PER_CALL = 20;

let azurite: TemporaryAzurite;
let app: AppProcess;
let api: ApiClient;

beforeAll(async () => {
  azurite = await startTemporaryAzurite();
  const callbackSecret = 'the secret of the suite';
  app = await startAppProcess({
    settings: {
      AzureWebJobsStorage: azurite.connectionString,
      CALLBACK_SECRET: callbackSecret,
      // What failed comes back at once.
      AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:01',
    },
    queueLeaseSeconds: 2,
  });
  api = new ApiClient({ baseUrl: app.url, callbackSecret });
});

afterAll(async () => {
  await app.stop();
  await azurite.remove();
});

describe('the app', () => {
  it('loses no event and counts none twice when its process is killed while it works', async () => {
    const legs = Array.from({ length: CALLS }, () => freshCallLegId());
    const sequenceIds = Array.from({ length: EVENTS_PER_CALL }, (_, index) => index + 1);
    const deliveries = sequenceIds.map(sequenceId =>
      deliverLikeAcs(legs.map(leg => tonePressed(leg, sequenceId))),
    );
    const recorded = () => app.lines.filter(line => line.includes('eventsCommitted')).length;
    await pollUntil('something is recorded', () => recorded() || undefined);
    app.killWorker();
    const recordedBefore = recorded();
    await Promise.all(deliveries);
    await pollUntil(
      'the host has noticed',
      () => app.lines.some(line => line.includes('was ended by SIGKILL')) || undefined,
    );

    // Else everything was recorded before the process was killed, and the test would show nothing.
    expect(recordedBefore).toBeLessThan(CALLS * EVENTS_PER_CALL);
    for (const leg of legs) {
      const journal = await api.journal(leg, EVENTS_PER_CALL, 45_000);
      const call = await api.call(leg);

      expect(journal).toHaveLength(EVENTS_PER_CALL);
      expect(new Set(journal.map(({ fingerprint }) => fingerprint)).size).toBe(EVENTS_PER_CALL);
      expect(call.tones.map(({ sequenceId }) => sequenceId)).toEqual(sequenceIds);
    }
  });
});

/** Sends a callback again until it is taken in, as ACS does. */
async function deliverLikeAcs(events: readonly unknown[]): Promise<void> {
  await pollUntil('a callback is taken in', async () => {
    const response = await api.post(api.callbackUrl(), events);
    return response.status === 200 || undefined;
  });
}

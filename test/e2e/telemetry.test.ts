import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpReceiver, startOtlpReceiver } from '../../local/trace/otlp-receiver.ts';
import { type ReceivedSpan, readSpans } from '../../local/trace/received-span.ts';
import { traceFaults } from '../../local/trace/trace-faults.ts';
import { signCallback } from '../../shared/http/callback-signature.ts';
import { callTraceOf } from '../../shared/telemetry/call-trace.ts';
import { ApiClient } from '../support/api-client.ts';
import { type AppProcess, startAppProcess } from '../support/app-process.ts';
import { type FaultyStorage, type StorageRequest, startFaultyStorage } from '../support/faulty-storage.ts';
import { pollUntil } from '../support/poll-until.ts';
import { type ScriptedAcs, startScriptedAcs } from '../support/scripted-acs.ts';
import { startTemporaryAzurite, type TemporaryAzurite } from '../support/temporary-azurite.ts';
import { fixtureCall, freshCallKey, freshCallLegId, malformedEvent } from '../support/wire-events.ts';

const CALLS = 100;
const POSTS = 3;
const SECRET = `secret-${randomUUID()}`;
const ACS_KEY = Buffer.from(randomUUID()).toString('base64');
const OTLP_KEY = `otlp-key-${randomUUID()}`;
/** What places a call. */
const PLACED = {
  to: '+14255550142',
  from: '8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_0000001c',
  callerId: '+14255550143',
};
const HOST_KEY = `host-key-${randomUUID()}`;

let azurite: TemporaryAzurite;
let storage: FaultyStorage;
let receiver: OtlpReceiver;
let acs: ScriptedAcs;
let app: AppProcess;
let api: ApiClient;
const received: { readonly path: string; readonly json: unknown }[] = [];
const faults = new Map<string, { commits: number; puts: number }>();

beforeAll(async () => {
  azurite = await startTemporaryAzurite();
  storage = await startFaultyStorage(azurite.connectionString, fails);
  acs = await startScriptedAcs();
  // What it placed would tell of itself under an id of its own: here the events of each call are the test's.
  acs.answer = { status: 400 };
  receiver = await startOtlpReceiver(0, (path, json) => received.push({ path, json }));
  app = await startAppProcess({
    settings: {
      AzureWebJobsStorage: storage.connectionString,
      AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:01',
      CALLBACK_SECRET: SECRET,
      ACS_CONNECTION_STRING: `endpoint=${acs.endpoint};accesskey=${ACS_KEY}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: `api-key=${OTLP_KEY}`,
    },
    keys: { hostKey: HOST_KEY, masterKey: HOST_KEY },
  });
  api = new ApiClient({ baseUrl: app.url, callbackSecret: SECRET, functionKey: HOST_KEY });
});

afterAll(async () => {
  await app.stop();
  await receiver.stop();
  await acs.close();
  await storage.stop();
  await azurite.remove();
});

/** Both tries of a commit fail, and so the message is put again; where that fails too, the host gives it again. */
function fails({ method, path, body }: StorageRequest): boolean {
  if (method !== 'POST') return false;
  for (const [callKey, left] of faults) {
    if (path.includes('$batch') && left.commits > 0 && body.includes(callKey)) {
      left.commits -= 1;
      return true;
    }
    const isPut = path.includes('/call-events/messages') && left.puts > 0;
    // The put of the POST itself succeeds: it is the one after the fault that does not.
    if (
      isPut &&
      messageIn(body).includes(`"callKey":"${callKey}"`) &&
      !messageIn(body).includes('"attempt":0')
    ) {
      left.puts -= 1;
      return true;
    }
  }
  return false;
}

function messageIn(xml: string): string {
  const [, text = ''] = /<MessageText>([^<]*)<\/MessageText>/.exec(xml) ?? [];
  return Buffer.from(text, 'base64').toString('utf8');
}

function spans(): ReceivedSpan[] {
  return received.filter(({ path }) => path === '/v1/traces').flatMap(({ json }) => readSpans(json));
}

function spansOf(callKey: string): ReceivedSpan[] {
  const { traceId } = callTraceOf(callKey);
  return spans().filter(span => span.traceId === traceId);
}

/** Every other call is one of ours, which begins with a request. */
async function begin(index: number): Promise<string> {
  if (index % 2 === 0) return freshCallKey();
  const response = await fetch(`${app.url}/api/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-functions-key': HOST_KEY },
    body: JSON.stringify(PLACED),
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as { readonly callKey: string }).callKey;
}

/** A call's events in a few POSTs, one after the other. */
async function deliver(callKey: string): Promise<void> {
  const events = fixtureCall(freshCallLegId());
  const size = Math.ceil(events.length / POSTS);
  for (let from = 0; from < events.length; from += size) {
    await api.deliver(events.slice(from, from + size), callKey);
  }
}

describe('the telemetry of 100 calls with redeliveries', () => {
  const keys: string[] = [];

  it('has each call as one trace that hangs together', async () => {
    for (let index = 0; index < CALLS; index++) keys.push(await begin(index));
    for (const [index, callKey] of keys.entries()) {
      faults.set(callKey, { commits: 2, puts: index % 4 < 2 ? 2 : 0 });
    }
    await Promise.all(
      Array.from({ length: 4 }, async (_, worker) => {
        for (let index = worker; index < CALLS; index += 4) await deliver(keys[index] ?? '');
      }),
    );
    for (const callKey of keys) await api.journal(callKey, 14, 60_000);
    await pollUntil('every POST has been processed to its end', () => {
      const recorded = spans().filter(({ facts }) => facts['ringback.outcome'] === 'recorded');
      return recorded.length >= CALLS * POSTS || undefined;
    });

    const all = spans();
    const repeated = all.filter(({ name, links }) => name === 'process call-events' && links.length > 0);
    expect(keys.flatMap(callKey => traceFaults(spansOf(callKey)))).toEqual([]);
    const repeatedKeys = new Set(repeated.map(({ facts }) => facts['ringback.call_key']));
    expect(keys.filter(callKey => !repeatedKeys.has(callKey))).toEqual([]);
    expect(all.filter(({ name }) => name === 'perform placeCall')).toHaveLength(CALLS / 2);
    expect(all.filter(({ facts }) => facts['error.type'] === 'StorageError')).not.toEqual([]);
  }, 180_000);

  it('holds no number, key, secret, signature or address', async () => {
    await api.deliver(malformedEvent(freshCallLegId()), keys[0]);
    await api.post(api.callbackUrl(keys[0], 'wrong secret'), '+14255550147');
    await app.stop();
    const text = JSON.stringify(received);
    const paths = new Set(received.map(({ path }) => path));

    expect(paths).toEqual(new Set(['/v1/traces', '/v1/metrics']));
    for (const secret of [SECRET, OTLP_KEY, ACS_KEY, HOST_KEY, signCallback(SECRET, keys[0])]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(/\+\d{5}|14255550|sig=|code=|AccountKey|https?:\/\//i);
    const metrics = JSON.stringify(received.filter(({ path }) => path === '/v1/metrics'));
    for (const name of ['event.age', 'message.pickup_delay', 'actions', 'parked', 'callback.refused']) {
      expect(metrics).toContain(`"ringback.${name}"`);
    }
    for (const callKey of keys) expect(metrics).not.toContain(callKey);
  });
});

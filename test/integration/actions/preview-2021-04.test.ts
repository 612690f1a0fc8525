import { createHash, createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acsProvider } from '../../../shared/actions/acs-provider.ts';
import { Preview202104Client } from '../../../shared/actions/preview-2021-04/preview-2021-04-client.ts';
import type { ActionResult, Provider } from '../../../shared/actions/provider.ts';
import { systemClock } from '../../../shared/clock.ts';
import { loadFixture } from '../../support/load-fixture.ts';
import { PREVIEW_ACTIONS, type RecordedRequest, sendOf } from '../../support/preview-actions.ts';
import {
  type AcsScript,
  type ReceivedRequest,
  type ScriptedAcs,
  startScriptedAcs,
} from '../../support/scripted-acs.ts';

const KEY = 'c2VjcmV0LWtleQ==';
const apiVersion = '2021-05-28-preview2';

let acs: ScriptedAcs;
let client: Preview202104Client;
let provider: Provider;

beforeAll(async () => {
  acs = await startScriptedAcs();
});
afterAll(() => acs.close());
beforeEach(() => {
  acs.received.length = 0;
  client = clientOf(acs);
  provider = acsProvider({
    'preview-2021-04': async () => client,
    ga: () => Promise.reject(new Error('Not asked.')),
  });
});
afterEach(() => client.close());

function clientOf({ endpoint }: ScriptedAcs): Preview202104Client {
  const access = { endpoint, credential: { key: KEY }, timeoutMs: 300 };
  return new Preview202104Client(access, { apiVersion, clock: systemClock });
}

/** Computed anew from the description of the scheme, not with the SDK. */
function signatureOf({ method, url, headers, body }: ReceivedRequest): string {
  const hash = createHash('sha256').update(body).digest('base64');
  const text = `${method}\n${url}\n${String(headers['x-ms-date'])};${headers.host};${hash}`;
  const signature = createHmac('sha256', Buffer.from(KEY, 'base64')).update(text).digest('base64');
  return `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
}

const FAILURES: readonly {
  readonly name: string;
  readonly answer: AcsScript;
  readonly result: ActionResult['kind'];
}[] = [
  { name: '400', answer: { status: 400, body: { code: '400', message: 'm' } }, result: 'refused' },
  { name: '401', answer: { status: 401 }, result: 'refused' },
  { name: '403', answer: { status: 403 }, result: 'refused' },
  { name: '404', answer: { status: 404 }, result: 'refused' },
  { name: '429', answer: { status: 429, headers: { 'retry-after': '3' } }, result: 'notNow' },
  { name: '500', answer: { status: 500 }, result: 'unclear' },
  { name: '503', answer: { status: 503, headers: { 'retry-after': '3' } }, result: 'unclear' },
  { name: 'a time-out', answer: 'say nothing', result: 'unclear' },
  { name: 'a connection dropped before reading', answer: 'drop before reading', result: 'unclear' },
  { name: 'a connection dropped after reading', answer: 'drop after reading', result: 'unclear' },
];

describe('acsProvider, of the 2021-04 preview over HTTP', () => {
  describe.each(PREVIEW_ACTIONS)('$fixture', ({ fixture, action, actionId, callKey }) => {
    const send = sendOf(action, { actionId, callKey });

    it('arrives as recorded, signed, and is done', async () => {
      const { response } = loadFixture(`preview-2021-04/rest/${fixture}.json`) as RecordedRequest;
      acs.answer = { status: response.status, body: response.body ?? undefined };

      const result = await provider.perform(send);

      const id = (response.body as { callLegId?: string } | null)?.callLegId;
      expect(result).toEqual({ kind: 'done', ...(id !== undefined && { wireId: id }) });
      const [request] = acs.received;
      if (request === undefined) throw new Error('Nothing arrived.');
      expect(acs.received).toHaveLength(1);
      expect(request.url).toContain(`?api-version=${apiVersion}`);
      expect(request.headers.authorization).toBe(signatureOf(request));
      expect(request.headers['content-type']).toBe(request.body === '' ? undefined : 'application/json');
    });

    it.each(FAILURES)('comes to $result, with one request, when met with $name', async failure => {
      acs.answer = failure.answer;

      const result = await provider.perform(send);

      const endsCall = action.kind === 'hangUp' || action.kind === 'endForAll';
      expect(result.kind).toBe(endsCall && failure.name === '404' ? 'done' : failure.result);
      expect(acs.received.length).toBe(failure.answer === 'drop before reading' ? 0 : 1);
      if (failure.name === '429' || failure.name === '503')
        expect(result).toMatchObject({ retryAfterMs: 3_000 });
    });

    it('has the same body on every send', async () => {
      acs.answer = { status: 500 };
      await provider.perform(send);
      acs.answer = { status: 202 };
      await provider.perform(send);

      expect(acs.received).toHaveLength(2);
      expect(acs.received[1]?.body).toBe(acs.received[0]?.body);
    });
  });

  it('is not sent where nobody listens', async () => {
    const gone = await startScriptedAcs();
    await gone.close();

    expect(await clientOf(gone).perform(sendOf({ kind: 'hangUp' }))).toMatchObject({
      kind: 'notNow',
      reason: expect.stringMatching(/^ACS could not be reached: connect ECONNREFUSED/) as string,
    });
  });

  it('signs every send anew', async () => {
    acs.answer = { status: 429 };
    await provider.perform(sendOf({ kind: 'hangUp' }));
    await systemClock.sleep(1_100);
    await provider.perform(sendOf({ kind: 'hangUp' }));

    const dates = acs.received.map(({ headers }) => headers['x-ms-date']);
    expect(new Set(dates).size).toBe(2);
    for (const request of acs.received) expect(request.headers.authorization).toBe(signatureOf(request));
  });
});

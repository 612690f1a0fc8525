import { createHash, createHmac } from 'node:crypto';
import { createHttpHeaders, type PipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AcsTransport } from '../../../shared/actions/acs/acs-transport.ts';
import { acsProvider } from '../../../shared/actions/acs-provider.ts';
import { GaClient } from '../../../shared/actions/ga/ga-client.ts';
import { sendAction } from '../../../shared/actions/ga/ga-sdk.ts';
import { repeatabilityHeaders } from '../../../shared/actions/ga/repeatability.ts';
import { GA_POLICIES } from '../../../shared/actions/policy.ts';
import type { ActionRequest, ActionResult, Provider } from '../../../shared/actions/provider.ts';
import type { ActionInput } from '../../../shared/actions/vocabulary/action-schema.ts';
import { systemClock } from '../../../shared/clock.ts';
import { isPlacing } from '../../../shared/domain/action.ts';
import { CALL_CONNECTION_ID, GA_ACTIONS, NOT_REPEATABLE } from '../../support/ga-actions.ts';
import { fixtureNames, loadFixture } from '../../support/load-fixture.ts';
import { type RecordedRequest, sendOf } from '../../support/preview-actions.ts';
import {
  type AcsScript,
  type ReceivedRequest,
  type ScriptedAcs,
  startScriptedAcs,
} from '../../support/scripted-acs.ts';

const KEY = 'c2VjcmV0LWtleQ==';
const FOLDER = 'ga/rest';

let acs: ScriptedAcs;
let client: GaClient;
let provider: Provider;

beforeAll(async () => {
  acs = await startScriptedAcs();
});
afterAll(() => acs.close());
beforeEach(() => {
  acs.received.length = 0;
  client = clientFor({ key: KEY });
  provider = providerOf(client);
});
afterEach(() => client.close());

function clientFor(credential: ConstructorParameters<typeof GaClient>[0]['credential']): GaClient {
  return new GaClient({ endpoint: acs.endpoint, credential, timeoutMs: 300 }, { clock: systemClock });
}

function providerOf(ga: GaClient): Provider {
  return acsProvider({
    'preview-2021-04': () => Promise.reject(new Error('Not asked.')),
    ga: async () => ga,
  });
}

function gaSend(action: ActionInput, members: Partial<Omit<ActionRequest, 'kind' | 'arguments'>> = {}) {
  const ours = { dialect: 'ga', wireId: CALL_CONNECTION_ID, callbackUri: 'https://f/cb' } as const;
  return sendOf(action, { ...ours, ...members });
}

function recorded(name: string): RecordedRequest {
  return loadFixture(`${FOLDER}/${name}.json`) as RecordedRequest;
}

/** Computed anew from the description of the scheme, not with the SDK. */
function signatureOf({ method, url, headers, body }: ReceivedRequest): string {
  const hash = createHash('sha256').update(body).digest('base64');
  const text = `${method}\n${url}\n${String(headers['x-ms-date'])};${headers.host};${hash}`;
  const signature = createHmac('sha256', Buffer.from(KEY, 'base64')).update(text).digest('base64');
  return `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
}

/** All that a request says, but for when it was signed. */
function withoutDate({ headers, ...request }: ReceivedRequest) {
  const { 'x-ms-date': _date, authorization: _signature, connection: _connection, ...others } = headers;
  return { ...request, headers: others };
}

const FAILURES: readonly {
  readonly name: string;
  readonly answer: AcsScript;
  readonly result: ActionResult['kind'];
}[] = [
  ...['invalid-argument', 'forbidden', 'unauthorized', 'call-not-established'].map(name => ({
    name,
    answer: (loadFixture(`${FOLDER}/error.${name}.json`) as { response: AcsScript }).response,
    result: 'refused' as const,
  })),
  ...['throttled', 'conflict'].map(name => ({
    name,
    answer: (loadFixture(`${FOLDER}/error.${name}.json`) as { response: AcsScript }).response,
    result: 'notNow' as const,
  })),
  ...['server', 'unavailable'].map(name => ({
    name,
    answer: (loadFixture(`${FOLDER}/error.${name}.json`) as { response: AcsScript }).response,
    result: 'unclear' as const,
  })),
  { name: 'a time-out', answer: 'say nothing', result: 'unclear' },
  { name: 'a connection dropped before reading', answer: 'drop before reading', result: 'unclear' },
  { name: 'a connection dropped after reading', answer: 'drop after reading', result: 'unclear' },
];

describe('acsProvider, of GA through the SDK', () => {
  it('is tried with every recorded request', () => {
    const files = fixtureNames(FOLDER).map(name => name.replace('.json', ''));
    const asking = ['getProps', 'list'];

    expect(GA_ACTIONS.map(({ fixture }) => fixture).toSorted()).toEqual(
      files.filter(name => !name.startsWith('error.') && !asking.includes(name)).toSorted(),
    );
  });

  describe.each(GA_ACTIONS)('$fixture', ({ fixture, action, actionId = 'x' }) => {
    const send = gaSend(action, { actionId });

    it('arrives as recorded, signed, with our own headers, and is done', async () => {
      const { request, response } = recorded(fixture);
      acs.answer = { status: response.status, body: response.body ?? undefined };

      const result = await provider.perform(send);

      expect(result).toMatchObject({
        kind: 'done',
        ...(isPlacing(action) && { wireId: CALL_CONNECTION_ID }),
      });
      const [arrived] = acs.received;
      if (arrived === undefined) throw new Error('Nothing arrived.');
      expect(acs.received).toHaveLength(1);
      expect(arrived.method).toBe(request.method);
      expect(arrived.url).toBe(
        `${request.path.replace('{callConnectionId}', CALL_CONNECTION_ID)}?api-version=${request.query['api-version']}`,
      );
      expect(arrived.body).toBe(request.body === null ? '' : JSON.stringify(request.body));
      expect(arrived.headers.authorization).toBe(signatureOf(arrived));
      expect(arrived.headers['repeatability-first-sent']).toBe(
        NOT_REPEATABLE.has(action.kind) ? undefined : 'Wed, 05 May 2021 20:00:00 GMT',
      );
    });

    it('has repeatability headers if, and only if, its policy counts on them', async () => {
      await provider.perform(send);

      const isRepeatable = acs.received[0]?.headers['repeatability-request-id'] !== undefined;
      expect(isRepeatable).toBe(GA_POLICIES[action.kind] === 'repeatable');
    });

    it('is the same on every send but for its date and signature', async () => {
      acs.answer = { status: 500 };
      await provider.perform(send);
      acs.answer = { status: 202 };
      await provider.perform(send);

      const [first, second] = acs.received.map(withoutDate);
      expect(second).toEqual(first);
    });

    it.each(FAILURES)('comes to $result, with one request, when met with $name', async failure => {
      acs.answer = failure.answer;

      const result = await provider.perform(send);

      expect(result.kind).toBe(failure.result);
      expect(acs.received.length).toBe(failure.answer === 'drop before reading' ? 0 : 1);
    });
  });

  it('has another request id for another generation, action or participant', async () => {
    const action: ActionInput = { kind: 'addParticipants', participants: ['+15550100', '+15550101'] };
    acs.answer = { status: 202 };
    await provider.perform(gaSend(action));
    await provider.perform(gaSend(action, { generation: 2 }));
    await provider.perform(gaSend(action, { actionId: 'other' }));

    const ids = acs.received.map(({ headers }) => headers['repeatability-request-id']);
    expect(new Set(ids).size).toBe(6);
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('calls by a user where one is named', async () => {
    await provider.perform(gaSend({ kind: 'placeCall', to: '8:acs:a_b', from: '8:acs:c_d' }));

    expect(JSON.parse(acs.received[0]?.body ?? '')).toMatchObject({
      source: { id: '8:acs:c_d' },
    });
  });

  it.each([
    ['f8c3b2a0-5b8e-4f0a-9f5d-2a6e3d9b4c10', undefined, 'groupCallLocator'],
    ['aHR0cHM6Ly9jb252', undefined, 'serverCallLocator'],
    ['99199690362660524', 'room', 'roomCallLocator'],
  ] as const)('joins %s as %s', async (conversationId, locator, kind) => {
    await provider.perform(gaSend({ kind: 'joinCall', conversationId, ...(locator && { locator }) }));

    expect(JSON.parse(acs.received[0]?.body ?? '')).toMatchObject({ callLocator: { kind } });
  });

  it('tells what it began, for other actions to name', async () => {
    acs.answer = { status: 200, body: { recordingId: 'recording-1' } };
    expect(await provider.perform(gaSend({ kind: 'startRecording' }))).toEqual({
      kind: 'done',
      ids: { recordingId: 'recording-1' },
    });

    acs.answer = { status: 202, body: { invitationId: 'invitation-1' } };
    const added = gaSend({ kind: 'addParticipants', participants: ['+15550100'] });
    expect(await provider.perform(added)).toEqual({
      kind: 'done',
      ids: { invitations: { '4:+15550100': 'invitation-1' } },
    });
  });

  it('counts every 2xx as taken, in whatever form', async () => {
    for (const body of [undefined, 'text', { callConnectionId: 7 }]) {
      acs.answer = { status: 200, body };
      expect(await provider.perform(gaSend({ kind: 'placeCall', to: '8:acs:a_b' }))).toEqual({
        kind: 'done',
      });
    }
  });

  it.each(['hangUp', 'endForAll'] as const)('is done with %s where the call is over', async kind => {
    for (const name of ['not-found', 'call-terminated']) {
      acs.answer = (loadFixture(`${FOLDER}/error.${name}.json`) as { response: AcsScript }).response;
      expect(await provider.perform(gaSend({ kind }))).toEqual({ kind: 'done' });
    }
  });

  it('shows a token where there is no key', async () => {
    const shown: (string | undefined)[] = [];
    class Unsent extends AcsTransport {
      override sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
        shown.push(request.headers.get('authorization'));
        return Promise.resolve({ request, status: 204, headers: createHttpHeaders() });
      }
    }
    const getToken = async (scopes: string | string[]) => {
      expect(scopes).toEqual(['https://communication.azure.com//.default']);
      return { token: 'token-1', expiresOnTimestamp: Date.now() + 3_600_000 };
    };
    const transport = new Unsent({ endpoint: 'https://ringback.invalid', credential: { getToken } });
    const headers = repeatabilityHeaders({ ...gaSend({ kind: 'hangUp' }) });
    const context = { callConnectionId: 'c', callbackUri: '', operationContext: 'o' };

    const answer = await sendAction(transport, { spec: { kind: 'hangUp' }, headers, ...context });

    expect(answer).toMatchObject({ kind: 'answer', status: 204 });
    expect(shown).toEqual(['Bearer token-1']);
    transport.close();
  });

  it('is not sent where no token can be had', async () => {
    const unknown = clientFor({ getToken: () => Promise.reject(new Error('secret')) });

    expect(await unknown.perform(gaSend({ kind: 'hangUp' }))).toMatchObject({ kind: 'notNow' });
    expect(acs.received).toHaveLength(0);
    unknown.close();
  });

  it('is not sent where nobody listens', async () => {
    const gone = await startScriptedAcs();
    await gone.close();
    const unheard = new GaClient(
      { endpoint: gone.endpoint, credential: { key: KEY } },
      { clock: systemClock },
    );

    expect(await unheard.perform(gaSend({ kind: 'hangUp' }))).toMatchObject({
      kind: 'notNow',
      reason: expect.stringMatching(/^ACS could not be reached: connect ECONNREFUSED/) as string,
    });
    unheard.close();
  });
});

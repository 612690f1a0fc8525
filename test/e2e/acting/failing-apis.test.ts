import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALLBACK_SECRET } from '../../rehearsal/stage.ts';
import { ApiClient, type Call } from '../../support/api-client.ts';
import { type AppProcess, startAppProcess } from '../../support/app-process.ts';
import { type AcsScript, type ScriptedAcs, startScriptedAcs } from '../../support/scripted-acs.ts';
import { startTemporaryAzurite, type TemporaryAzurite } from '../../support/temporary-azurite.ts';
import { freshCallLegId, stateReached } from '../../support/wire-events.ts';

const ANN = '8:acs:resource_ann';
const PROMPT = 'https://media.example.com/prompt.wav';

/** What begins something, and is asked for without a call. */
const BEGINNINGS = [
  { kind: 'placeCall', method: 'POST', path: '/api/calls', body: { to: ANN } },
  { kind: 'joinCall', method: 'POST', path: '/api/conversations/{guid}/join', body: {} },
  {
    kind: 'addToConversation',
    method: 'POST',
    path: '/api/conversations/{guid}/participants',
    body: { participants: [ANN] },
  },
  {
    kind: 'removeFromConversation',
    method: 'DELETE',
    path: '/api/conversations/{guid}/participants/ann',
    body: undefined,
  },
] as const;

/** What is asked for on a call that is connected. */
const ON_CALL = [
  { kind: 'playAudio', audioFileUri: PROMPT },
  { kind: 'cancelMedia' },
  { kind: 'addParticipants', participants: [ANN] },
  { kind: 'removeParticipant', participantId: 'ann' },
  { kind: 'hangUp' },
  { kind: 'endForAll' },
] as const;

/** What does no harm when it is carried out twice, and is sent again. */
const AT_LEAST_ONCE = new Set([
  'removeFromConversation',
  'cancelMedia',
  'removeParticipant',
  'hangUp',
  'endForAll',
]);

const refused = (status: number) => ({ status, body: { code: String(status), message: 'Because.' } });

const FAILURES: readonly {
  readonly name: string;
  readonly answer: AcsScript;
  /** What becomes of an action that may be carried out once. */
  readonly state: 'failed' | 'unknown' | 'waits';
  readonly reason: RegExp;
}[] = [
  { name: '400', answer: refused(400), state: 'failed', reason: /ACS refused it: HTTP 400: Because\./ },
  {
    name: '401',
    answer: refused(401),
    state: 'failed',
    reason: /credential.+ACS_CONNECTION_STRING.+HTTP 401/,
  },
  { name: '404', answer: refused(404), state: 'failed', reason: /HTTP 404/ },
  {
    name: '429',
    answer: { status: 429, headers: { 'retry-after': '1' } },
    state: 'waits',
    reason: /throttles/,
  },
  { name: '500', answer: { status: 500 }, state: 'unknown', reason: /HTTP 500/ },
  {
    name: 'a connection that breaks',
    answer: 'drop after reading',
    state: 'unknown',
    reason: /closed|broke|hang up|reset/i,
  },
  { name: 'no answer', answer: 'say nothing', state: 'unknown', reason: /no answer|within 15/i },
];

/** What an action comes to. Whoever hangs up a call that is gone has what he asked for. */
function stateAfter({ name, state }: (typeof FAILURES)[number], kind: string) {
  if (name === '404' && (kind === 'hangUp' || kind === 'endForAll')) return 'done';
  return state === 'unknown' && AT_LEAST_ONCE.has(kind) ? 'waits' : state;
}

describe('every API of ACS, through the app', () => {
  let azurite: TemporaryAzurite;
  let acs: ScriptedAcs;
  let app: AppProcess;
  let api: ApiClient;

  beforeAll(async () => {
    [azurite, acs] = await Promise.all([startTemporaryAzurite(), startScriptedAcs()]);
    app = await startAppProcess({
      settings: {
        AzureWebJobsStorage: azurite.connectionString,
        CALLBACK_SECRET,
        ACS_CONNECTION_STRING: `endpoint=${acs.endpoint};accesskey=a2V5`,
        ACS_SOURCE_USER: '8:acs:resource_app',
      },
    });
    api = new ApiClient({ baseUrl: app.url, callbackSecret: CALLBACK_SECRET });
  });
  afterAll(async () => {
    await app.stop();
    await acs.close();
    await azurite.remove();
  });

  interface AskedAction {
    readonly kind: string;
    readonly callKey: string;
    readonly actionId: string;
  }

  async function begin({ kind, method, path, body }: (typeof BEGINNINGS)[number]): Promise<AskedAction> {
    const headers = { 'content-type': 'application/json' };
    const more = body === undefined ? {} : { headers, body: JSON.stringify(body) };
    const response = await api.request(path.replace('{guid}', randomUUID()), method, more);
    expect(response.status).toBe(202);
    return { kind, ...((await response.json()) as Omit<AskedAction, 'kind'>) };
  }

  /** A call of somebody else's that is connected: each action gets one of its own, so that none waits for another. */
  async function connectedCall(): Promise<string> {
    const leg = freshCallLegId();
    await api.deliver([stateReached(leg, 'Established', new Date())]);
    return (await api.call(leg, ({ state }) => state === 'connected')).callKey;
  }

  async function act(action: (typeof ON_CALL)[number], callKey: string): Promise<AskedAction> {
    return { kind: action.kind, ...(await api.asked(`/api/calls/${callKey}/actions`, action)) };
  }

  const actionOf = (call: Call | undefined, actionId: string) =>
    call?.actions.find(({ id }) => id === actionId);

  /** How far each action is known to have come, once none is being sent or waits when `isSettled` is asked for. */
  async function look({ callKey, actionId, kind }: AskedAction, isSettled = false) {
    const call = await api.call(callKey, known => !isSettled || !waits(actionOf(known, actionId)), 60_000);
    return { kind, action: actionOf(call, actionId) };
  }

  const waits = (action: Call['actions'][number] | undefined) =>
    action?.state === 'planned' || action?.state === 'sending';

  it.each(FAILURES)('shows what became of it when met with $name', async failure => {
    acs.answer = { status: 200 };
    const calls = await Promise.all(ON_CALL.map(() => connectedCall()));
    const sentBefore = acs.received.length;
    acs.answer = failure.answer;

    const asked = await Promise.all([
      ...BEGINNINGS.map(begin),
      ...ON_CALL.map((action, index) => act(action, calls[index] ?? '')),
    ]);
    for (const { kind, action } of await Promise.all(asked.map(one => look(one)))) {
      const state = stateAfter(failure, kind);
      const reason = expect.stringMatching(failure.reason) as string;
      if (state === 'done') expect(action, kind).toMatchObject({ state });
      else if (state !== 'waits') expect(action, kind).toMatchObject({ state, reason });
      // Where it is not being sent again at this moment, it says why it waits, and until when.
      else if (action?.state !== 'sending') {
        const nextTryAt = expect.stringMatching(/^20\d\d-/) as string;
        expect(action, kind).toMatchObject({ state: 'planned', reason, nextTryAt });
      }
    }

    // What waits goes out again once ACS can be asked; what may be carried out once never does.
    acs.answer = { status: 200 };
    const waiting = asked.filter(({ kind }) => stateAfter(failure, kind) === 'waits');
    for (const { kind, action } of await Promise.all(waiting.map(one => look(one, true)))) {
      expect(action?.state, kind).toBe('done');
    }
    expect(acs.received.length - sentBefore).toBe(asked.length + waiting.length);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALLBACK_SECRET, openStage, type Stage } from '../../rehearsal/stage.ts';
import { ApiClient, type Call } from '../../support/api-client.ts';
import { EmulatorClient } from '../../support/emulator/emulator-client.ts';
import { AGENT, GA_CAST } from './cast.ts';

const PATIENCE_MS = 40_000;
const OURS = '+18335550100';

describe('a call that comes in, told of five times in either schema', () => {
  let stage: Stage;
  let api: ApiClient;
  let emulator: EmulatorClient;

  beforeAll(async () => {
    const faults = {
      requests: { failAfter: 0.3, throttle: 0.2 },
      callbacks: { duplicate: 0.5, reorder: 0.3 },
    };
    const INCOMING_CALL_ROUTES = JSON.stringify([
      { from: '+14255550103', action: 'reject', reason: 'busy' },
      { from: '+14255550104', to: OURS, action: 'redirect', target: AGENT },
      { to: OURS, action: 'answer' },
    ]);
    const settings = { INCOMING_CALL_ROUTES };
    stage = await openStage({ dialect: 'ga', seed: 2, speed: 3, faults, callees: GA_CAST, settings });
    api = new ApiClient({ baseUrl: stage.app.url, callbackSecret: CALLBACK_SECRET });
    emulator = new EmulatorClient(stage.emulator.url);
  });
  afterAll(() => stage.close());

  async function ring(from: string, schema: 'eventGrid' | 'cloudEvents', steps: readonly object[] = []) {
    const response = await fetch(`${stage.emulator.url}/emulator/incoming`, {
      method: 'POST',
      body: JSON.stringify({ from, to: OURS, url: api.eventGridUrl(), schema, deliveries: 5, steps }),
    });
    expect(response.status).toBe(202);
    return from;
  }

  /** The call of whoever rings, found by its journal: its key is made of the server call's id. */
  async function callFrom(from: string, isReady: (call: Call) => boolean): Promise<Call> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      for (const { callKey } of await api.calls('?limit=100')) {
        const [first] = await api.journal(callKey, 1);
        if (JSON.stringify(first).includes(`4:${from}`)) return api.call(callKey, isReady, PATIENCE_MS);
      }
      if (Date.now() > deadline) throw new Error(`No call from ${from} is known.`);
    }
  }

  const isSettled = ({ actions }: Call) =>
    actions.length > 0 && actions.every(({ state }) => state !== 'planned' && state !== 'sending');

  it.each(['eventGrid', 'cloudEvents'] as const)(
    'is answered once, and its caller heard (%s)',
    async schema => {
      const steps = [
        { on: 'connected', afterSeconds: 15, press: '7' },
        { on: 'connected', afterSeconds: 25, do: 'hangUp' },
      ];
      const from = await ring(schema === 'eventGrid' ? '+14255550121' : '+14255550122', schema, steps);

      const call = await callFrom(from, known => known.state === 'disconnected' && isSettled(known));

      expect(call).toMatchObject({ dialect: 'ga', outcome: 'answered', tones: [{ tone: 'seven' }] });
      expect(call.actions.map(({ kind, state }) => [kind, state])).toEqual([
        ['answerCall', 'done'],
        ['startContinuousDtmf', 'done'],
      ]);
      expect(await emulator.count(call.callKey, 'callAnswered')).toBe(1);
      const journal = await api.journal(call.callKey, 1);
      expect(journal.filter(({ type }) => type === 'call.incoming')).toHaveLength(1);
    },
  );

  it.each([
    { from: '+14255550103', kind: 'rejectCall', happened: 'rejected', outcome: 'busy' },
    { from: '+14255550104', kind: 'redirectCall', happened: 'redirected', outcome: 'unknown' },
  ])('is turned away once ($kind)', async ({ from, kind, happened, outcome }) => {
    await ring(from, 'eventGrid');

    const call = await callFrom(from, known => known.state === 'disconnected' && isSettled(known));

    expect(call.outcome).toBe(outcome);
    expect(call.actions.map(action => [action.kind, action.state])).toEqual([[kind, 'done']]);
    expect(await emulator.log({ kind: happened, who: from })).toHaveLength(1);
  });

  it('is told of with the emulator’s tokens, and not without', async () => {
    const from = await ring('+14255550123', 'eventGrid', [
      { on: 'connected', afterSeconds: 2, do: 'hangUp' },
    ]);
    const { callKey } = await callFrom(from, ({ state }) => state === 'disconnected');
    const callbacks = await emulator.log({ kind: 'callback', callKey });
    const forged = [
      { specversion: '1.0', id: 'x', source: 's', type: 'Microsoft.Communication.CallConnected' },
    ];

    const without = await api.post(api.callbackUrl(callKey), forged);

    expect(callbacks.length).toBeGreaterThan(1);
    expect(new Set(callbacks.map(({ status }) => status))).toEqual(new Set([200]));
    expect(without.status).toBe(401);
  });
});

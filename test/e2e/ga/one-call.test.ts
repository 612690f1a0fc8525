import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../../rehearsal/stage.ts';
import { ApiClient, type Call } from '../../support/api-client.ts';
import { EmulatorClient } from '../../support/emulator/emulator-client.ts';
import { AGENT, EXPERT, GA_CAST, GA_WEATHERS } from './cast.ts';

const PATIENCE_MS = 40_000;
const prompt = (name: string, seconds: number) => `https://media.example.com/${name}.wav?seconds=${seconds}`;

describe.each(GA_WEATHERS)('a call of GA, $weather', ({ faults, settled }) => {
  let stage: Stage;
  let api: ApiClient;
  let emulator: EmulatorClient;

  beforeAll(async () => {
    stage = await openStage({ dialect: 'ga', seed: 11, speed: 5, faults, callees: GA_CAST });
    api = new ApiClient({ baseUrl: stage.app.url, callbackSecret: '' });
    emulator = new EmulatorClient(stage.emulator.url);
  });
  afterAll(() => stage.close());

  const until = (callKey: string, isReady: (call: Call) => boolean) =>
    api.call(callKey, isReady, PATIENCE_MS);
  const isOver = ({ state }: Call) => state === 'disconnected';
  const isSettled = ({ state }: Call['actions'][number]) => state !== 'planned' && state !== 'sending';
  const isOn = ({ participants }: Call, who: string) =>
    participants.some(({ rawId, present }) => rawId === who && present);

  /** Places a call, and waits until its callee is listened to. */
  async function place(to: string): Promise<string> {
    const { callKey } = await api.asked('/api/calls', { to, callerId: '+18335550100' });
    const isHeard = ({ kind, state }: Call['actions'][number]) =>
      kind === 'startContinuousDtmf' && state === 'done';
    await until(callKey, ({ actions }) => actions.some(isHeard));
    return callKey;
  }

  /** Asks for an action, and waits until its operation has ended. */
  async function ended(callKey: string, action: object) {
    const { actionId } = await api.asked(`/api/calls/${callKey}/actions`, action);
    const operationOf = ({ operations }: Call) =>
      operations.find(({ operationContext }) => operationContext === actionId);
    const isEnded = (call: Call) => !['running', undefined].includes(operationOf(call)?.status);
    return operationOf(await until(callKey, isEnded));
  }

  it('is placed, listened to, played to, asked, joined by an agent who is muted, and hung up', async () => {
    const callKey = await place('+14255550101');

    const played = await ended(callKey, { kind: 'playAudio', audioFileUri: prompt('menu', 15) });
    expect(played).toMatchObject({ kind: 'playAudio', status: 'completed' });
    const pressed = await until(callKey, ({ tones }) => tones.length > 0);
    expect(pressed.tones.map(({ tone }) => tone)).toEqual(['one']);

    const asked = await ended(callKey, {
      kind: 'recognize',
      participant: '+14255550101',
      input: 'tones',
      maxTones: 1,
      initialSilenceSeconds: 60,
      prompt: { audioFileUri: prompt('question', 20) },
    });
    expect(asked).toMatchObject({ status: 'completed', input: { kind: 'tones', tones: ['two'] } });

    const invited = await ended(callKey, { kind: 'addParticipants', participants: [AGENT] });
    expect(invited).toMatchObject({ kind: 'addParticipants', status: 'completed' });
    await until(callKey, call => isOn(call, AGENT));
    await api.asked(`/api/calls/${callKey}/actions`, { kind: 'muteParticipant', participant: AGENT });
    await until(callKey, ({ participants }) =>
      participants.some(({ rawId, isMuted }) => rawId === AGENT && isMuted),
    );

    await api.asked(`/api/calls/${callKey}/actions`, { kind: 'hangUp' });
    const over = await until(callKey, call => isOver(call) && call.actions.every(isSettled));
    expect(over).toMatchObject({ dialect: 'ga', outcome: 'answered', inferred: false });
    for (const { kind, state } of over.actions) expect(settled, kind).toContain(state);
    const counts = { ring: 2, invite: 1, play: 1, recognize: 1 };
    for (const [kind, count] of Object.entries(counts))
      expect(await emulator.count(callKey, kind), kind).toBe(count);
  });

  it('is handed on to somebody else, once', async () => {
    const callKey = await place('+14255550108');

    const moved = await ended(callKey, { kind: 'transferCall', to: EXPERT });

    expect(moved).toMatchObject({ kind: 'transfer', status: 'completed' });
    const over = await until(callKey, call => isOver(call) && call.actions.every(isSettled));
    expect(over.outcome).toBe('answered');
    expect(over.actions.map(({ kind, state }) => [kind, state])).toEqual([
      ['placeCall', 'done'],
      ['startContinuousDtmf', 'done'],
      ['transferCall', 'done'],
    ]);
    expect(await emulator.count(callKey, 'transfer')).toBe(1);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../../rehearsal/stage.ts';
import { ApiClient, type Call } from '../../support/api-client.ts';
import { EmulatorClient } from '../../support/emulator/emulator-client.ts';
import { AGENT, CAST, WEATHERS } from './cast.ts';

const PATIENCE_MS = 40_000;

describe.each(WEATHERS)('a call, $weather', ({ faults, settled }) => {
  let stage: Stage;
  let api: ApiClient;
  let emulator: EmulatorClient;

  beforeAll(async () => {
    stage = await openStage({ seed: 3, speed: 10, faults, callees: CAST });
    api = new ApiClient({ baseUrl: stage.app.url, callbackSecret: '' });
    emulator = new EmulatorClient(stage.emulator.url);
  });
  afterAll(() => stage.close());

  const until = (callKey: string, isReady: (call: Call) => boolean) =>
    api.call(callKey, isReady, PATIENCE_MS);

  /** Places a call, and waits until it is connected. */
  async function place(to: string, callerId: string): Promise<string> {
    const { callKey } = await api.asked('/api/calls', { to, callerId });
    await until(callKey, ({ state }) => state === 'connected');
    return callKey;
  }

  const act = async (callKey: string, action: object) => {
    const { actionId } = await api.asked(`/api/calls/${callKey}/actions`, action);
    return actionId;
  };

  const isOver = ({ state }: Call) => state === 'disconnected';
  const operation = (call: Call, actionId: string) =>
    call.operations.find(({ operationContext }) => operationContext === actionId);

  it('is placed, heard, played to, pressed on, invited into, removed from, cancelled and hung up', async () => {
    const callKey = await place('+14255550101', '+18335550100');

    const prompt = await act(callKey, {
      kind: 'playAudio',
      audioFileUri: 'https://media.example.com/menu.wav?seconds=8',
    });
    const pressed = await until(callKey, call => operation(call, prompt)?.status === 'completed');
    expect(pressed.tones.map(({ tone }) => tone)).toEqual(['one']);

    const invitation = await act(callKey, { kind: 'addParticipants', participants: [AGENT] });
    const isHere = ({ rawId, present }: Call['participants'][number]) => rawId === AGENT && present;
    const joined = await until(
      callKey,
      call => operation(call, invitation)?.status === 'completed' && call.participants.some(isHere),
    );
    const agent = joined.participants.find(isHere);

    await act(callKey, { kind: 'removeParticipant', participantId: agent?.participantId });
    const alone = await until(callKey, call => !call.participants.some(isHere));
    expect(alone.participants.find(({ rawId }) => rawId === AGENT)?.stays).toHaveLength(1);
    expect(alone.state).toBe('connected');

    const music = await act(callKey, {
      kind: 'playAudio',
      audioFileUri: 'https://media.example.com/music.wav?seconds=5',
      loop: true,
    });
    await until(callKey, call => operation(call, music)?.status === 'running');
    await act(callKey, { kind: 'cancelMedia' });
    await until(callKey, call => operation(call, music)?.status === 'canceled');

    await act(callKey, { kind: 'hangUp' });
    const over = await until(callKey, call => isOver(call) && call.actions.every(isSettled));
    expect(over.outcome).toBe('answered');
    expect(over.tones).toHaveLength(1);
    for (const { kind, state } of over.actions) expect(settled, kind).toContain(state);
    await expectHappened(callKey, { ring: 2, invite: 1, play: 2 }, { remove: 1, cancelMedia: 1, hangUp: 1 });
  });

  const isSettled = ({ state }: Call['actions'][number]) => state !== 'planned' && state !== 'sending';

  /** What may be done once was done so often, and what may be done again at least so often. */
  async function expectHappened(
    callKey: string,
    exactly: Readonly<Record<string, number>>,
    atLeast: Readonly<Record<string, number>>,
  ): Promise<void> {
    for (const [kind, count] of Object.entries(exactly)) {
      expect(await emulator.count(callKey, kind), kind).toBe(count);
    }
    for (const [kind, count] of Object.entries(atLeast)) {
      expect(await emulator.count(callKey, kind), kind).toBeGreaterThanOrEqual(count);
    }
  }

  it('is ended for all of those who were called together', async () => {
    const { callKey } = await api.asked('/api/calls', {
      to: ['+14255550108', '+14255550109'],
      callerId: '+18335550101',
    });
    const both = ({ participants }: Call) => participants.filter(({ present }) => present).length === 3;
    await until(callKey, both);

    await act(callKey, { kind: 'endForAll' });
    const over = await until(callKey, call => isOver(call) && call.actions.every(isSettled));

    expect(over.participants.every(({ present }) => !present)).toBe(true);
    await expectHappened(callKey, { ring: 2, answered: 2 }, { endForAll: 1 });
  });

  it('is hung up while it rings', async () => {
    const { callKey } = await api.asked('/api/calls', { to: '+14255550105', callerId: '+18335550102' });
    await until(callKey, ({ state }) => state === 'connecting');

    await act(callKey, { kind: 'hangUp' });
    const over = await until(callKey, isOver);

    expect(over.connectedAt).toBeNull();
    expect(over.outcome).not.toBe('answered');
    await expectHappened(callKey, { ring: 1, connected: 0 }, { hangUp: 1 });
  });

  it('waits while two others are out from its number, is not rung once hung up, and lets the next go first', async () => {
    const callerId = '+18335550104';
    const first = await place('+14255550110', callerId);
    await place('+14255550111', callerId);
    const [third, fourth] = [
      await api.asked('/api/calls', { to: '+14255550112', callerId }),
      await api.asked('/api/calls', { to: '+14255550113', callerId }),
    ];
    const waiting = await until(third.callKey, ({ actions }) => actions[0]?.state === 'planned');
    expect(waiting.actions[0]?.reason).toMatch(/^it waits for a line/);

    await act(third.callKey, { kind: 'hangUp' });
    const cancelled = await until(third.callKey, isOver);
    await act(first, { kind: 'hangUp' });
    await until(fourth.callKey, ({ state }) => state === 'connected');

    expect(cancelled.outcome).toBe('cancelled');
    await expectHappened(third.callKey, { ring: 0, hangUp: 0 }, {});
    await expectHappened(fourth.callKey, { ring: 1 }, {});
  });

  it('is over when nobody takes it, and takes no more actions then', async () => {
    const { callKey } = await api.asked('/api/calls', { to: '+14255550103', callerId: '+18335550103' });
    const over = await until(callKey, isOver);

    const refused = await api.ask(`/api/calls/${callKey}/actions`, { kind: 'cancelMedia' });

    expect(refused.status).toBe(409);
    expect(JSON.stringify(await refused.json())).toContain(String(over.endedAt));
    await expectHappened(callKey, { ring: 1, cancelMedia: 0 }, {});
  });
});

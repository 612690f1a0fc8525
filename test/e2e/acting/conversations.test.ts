import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage } from '../../rehearsal/stage.ts';
import { ApiClient, type Call } from '../../support/api-client.ts';
import { EmulatorClient } from '../../support/emulator/emulator-client.ts';
import { ANN, BOB, CAROL, CAST, freshConversation, WEATHERS } from './cast.ts';

const PATIENCE_MS = 40_000;

describe.each(WEATHERS)('a conversation, $weather', ({ faults, settled }) => {
  let stage: Stage;
  let api: ApiClient;
  let emulator: EmulatorClient;

  beforeAll(async () => {
    stage = await openStage({ seed: 5, speed: 10, faults, callees: CAST });
    api = new ApiClient({ baseUrl: stage.app.url, callbackSecret: '' });
    emulator = new EmulatorClient(stage.emulator.url);
  });
  afterAll(() => stage.close());

  const until = (callKey: string, isReady: (call: Call) => boolean) =>
    api.call(callKey, isReady, PATIENCE_MS);
  const somebody = (call: Call, rawId: string) => call.participants.find(one => one.rawId === rawId);
  const isOn = (call: Call, rawId: string) => somebody(call, rawId)?.present === true;

  async function join(conversationId: string): Promise<string> {
    const { callKey } = await api.asked(`/api/conversations/${conversationId}/join`, {});
    await until(callKey, call => call.state === 'connected' && isOn(call, ANN));
    return callKey;
  }

  it('is joined once and watched: who comes, is muted, and goes', async () => {
    const conversationId = freshConversation();
    const callKey = await join(conversationId);

    const watched = await until(callKey, call => somebody(call, BOB)?.present === false);

    const bob = somebody(watched, BOB);
    expect(bob?.stays).toHaveLength(1);
    expect(bob?.mutedIntervals).toHaveLength(1);
    const { joinedAt = '', leftAt = '' } = bob?.stays[0] ?? {};
    const { mutedAt = '', unmutedAt = '' } = bob?.mutedIntervals[0] ?? {};
    expect([joinedAt, mutedAt, unmutedAt, leftAt].map(String)).toEqual(
      [joinedAt, mutedAt, unmutedAt, leftAt].map(String).sort(),
    );
    expect(somebody(watched, ANN)).toMatchObject({ present: true, stays: [{ leftAt: null }] });
    expect(watched.request).toMatchObject({ kind: 'joinCall', conversationId });
    expect(watched.state).toBe('connected');
    await api.asked(`/api/calls/${callKey}/actions`, { kind: 'hangUp' });
    await until(callKey, ({ state }) => state === 'disconnected');
    expect(await emulator.count(callKey, 'callJoined')).toBe(1);
  });

  it('has somebody called into it, and taken out of it, from outside', async () => {
    const conversationId = freshConversation();
    const watching = await join(conversationId);

    const added = await api.asked(`/api/conversations/${conversationId}/participants`, {
      participants: [CAROL],
    });
    const { operations, outcome, request } = await until(added.callKey, ({ endedAt }) => endedAt !== null);
    expect(operations).toMatchObject([{ kind: 'addParticipants', status: 'completed' }]);
    expect(operations[0]?.operationContext).toBe(added.actionId);
    expect({ outcome, request }).toMatchObject({ outcome: null, request: { to: [CAROL], conversationId } });
    const seen = await until(watching, call => isOn(call, CAROL));
    expect(await emulator.count(added.callKey, 'invite')).toBe(1);

    const participantId = String(somebody(seen, CAROL)?.participantId);
    const path = `/api/conversations/${conversationId}/participants/${encodeURIComponent(participantId)}`;
    const removal = (await (await api.request(path, 'DELETE')).json()) as { readonly callKey: string };
    await until(watching, call => !isOn(call, CAROL));
    const removed = await until(removal.callKey, ({ endedAt }) => endedAt !== null);
    expect(removed.request).toMatchObject({ kind: 'removeFromConversation', participantId });
    // Whoever is removed again is there no more: the second answer says nothing of the first request.
    expect(settled).toContain(removed.actions[0]?.state);
  });

  it('is over before it is joined where nobody knows it', async () => {
    const { callKey } = await api.asked('/api/conversations/nowhere/join', {});

    const over = await until(callKey, ({ endedAt }) => endedAt !== null);

    expect(over.actions).toMatchObject([
      { state: 'failed', reason: expect.stringContaining('ACS does not know the conversation') as string },
    ]);
    expect(over.outcome).toBe('failed');
  });
});

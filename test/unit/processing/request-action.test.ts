import { describe, expect, it } from 'vitest';
import type { ActionSpec } from '../../../shared/actions/vocabulary/action-schema.ts';
import { parseAction } from '../../../shared/actions/vocabulary/parse-action.ts';
import { requestedActionId } from '../../../shared/ids/requested-action-id.ts';
import { cannotTake, requestAction } from '../../../shared/processing/request-action.ts';
import { connected, ended, headOf, received } from '../../support/acting.ts';
import { atSecond, CALL_KEY, callEvent, fold } from '../../support/call-events.ts';
import { actionOf } from '../../support/ledgers.ts';
import { MemoryWorld } from '../../support/memory-world.ts';
import { requestPortsOf } from '../../support/requesting.ts';

const specs = {
  hangUp: { kind: 'hangUp' },
  play: { kind: 'playAudio', audioFileUri: 'https://media.example.com/hello.wav' },
  place: { kind: 'placeCall', to: '+14255550142' },
  add: { kind: 'addParticipants', participants: ['8:acs:resource_ann'] },
} as const;

function spec(name: keyof typeof specs): ActionSpec {
  const parsed = parseAction(specs[name]);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.action;
}

async function onConnectedCall(missingSetting?: string) {
  const world = new MemoryWorld();
  const instance = world.startInstance();
  await instance.worker.record(CALL_KEY, { events: [connected] });
  const ask = async (name: keyof typeof specs, idempotencyKey?: string) =>
    requestAction({ ...requestPortsOf(world, instance), missingSetting }, (await headOf(instance)).call, {
      action: spec(name),
      idempotencyKey,
    });
  return { world, instance, ask };
}

describe('requestAction', () => {
  it('plans and sends the action', async () => {
    const { world, ask } = await onConnectedCall();

    const requested = await ask('play');

    expect(requested).toMatchObject({ ok: true, callKey: CALL_KEY });
    expect(world.provider.sent).toMatchObject([
      { kind: 'playAudio', arguments: { audioFileUri: specs.play.audioFileUri, loop: false } },
    ]);
  });

  it('sends two requests without a key as two, and one with a key once', async () => {
    const { world, ask } = await onConnectedCall();

    await ask('play');
    await ask('play');
    const first = await ask('play', 'key-1');
    const again = await ask('play', 'key-1');

    expect(again).toEqual(first);
    expect(world.provider.sent).toHaveLength(3);
  });

  it('has the same answer for a key even when the call is over', async () => {
    const { instance, ask } = await onConnectedCall();
    const first = await ask('play', 'key-1');
    await instance.worker.record(CALL_KEY, { events: [ended] });

    expect(await ask('play', 'key-1')).toEqual(first);
    expect(await ask('play', 'key-2')).toMatchObject({ ok: false, problem: { status: 409 } });
  });

  it('plans nothing while a setting is missing, and names it', async () => {
    const { world, instance, ask } = await onConnectedCall('CALLBACK_SECRET: expected a secret');

    expect(await ask('play')).toMatchObject({
      ok: false,
      problem: { type: 'urn:ringback:problem:misconfigured', detail: 'CALLBACK_SECRET: expected a secret.' },
    });
    expect(world.provider.sent).toEqual([]);
    expect((await headOf(instance)).call.actions).toEqual([]);
  });

  it('refuses another action with the same key', async () => {
    const { world, ask } = await onConnectedCall();
    await ask('play', 'key-1');

    expect(await ask('add', 'key-1')).toMatchObject({ ok: false, problem: { status: 422 } });
    expect(world.provider.sent).toHaveLength(1);
  });

  it('takes one of two actions that come with one key at the same time, and refuses the other', async () => {
    const { world, ask } = await onConnectedCall();

    const [play, add] = await Promise.all([ask('play', 'key-1'), ask('add', 'key-1')]);

    const [taken, refused] = play.ok ? [specs.play, add] : [specs.add, play];
    expect(play.ok && add.ok).toBe(false);
    expect(refused).toMatchObject({ problem: { type: 'urn:ringback:problem:idempotency-key-reused' } });
    expect(world.provider.sent).toMatchObject([{ kind: taken.kind }]);
  });
});

describe('cannotTake', () => {
  const ringing = fold([
    received(callEvent(atSecond(1), { type: 'call.connecting', conversationId: null })),
  ]).call;
  const talking = fold([connected]).call;
  const over = fold([connected, ended]).call;
  const hangingUp = { ...talking, actions: [actionOf({ kind: 'hangUp' })] };
  const notHungUp = { ...talking, actions: [actionOf({ kind: 'hangUp', state: 'failed' })] };
  const aside = {
    ...ringing,
    actions: [actionOf({ kind: 'addToConversation', actionId: requestedActionId(CALL_KEY) })],
  };
  const actsElsewhere = { ...talking, actions: [actionOf({ kind: 'addToConversation', state: 'done' })] };

  it.each([
    { name: 'a hang-up while it rings', call: ringing, asked: 'hangUp', type: undefined },
    { name: 'a prompt while it rings', call: ringing, asked: 'play', type: 'call-not-connected' },
    { name: 'an invitation while it rings', call: ringing, asked: 'add', type: 'call-not-connected' },
    { name: 'a prompt on a connected call', call: talking, asked: 'play', type: undefined },
    { name: 'a placing', call: talking, asked: 'place', type: 'invalid-request' },
    { name: 'a prompt after the end', call: over, asked: 'play', type: 'call-ended' },
    { name: 'a hang-up after the end', call: over, asked: 'hangUp', type: 'call-ended' },
    { name: 'a prompt behind a hang-up', call: hangingUp, asked: 'play', type: 'call-ended' },
    { name: 'a prompt behind a hang-up that failed', call: notHungUp, asked: 'play', type: undefined },
    { name: 'a prompt on a call that acts elsewhere', call: actsElsewhere, asked: 'play', type: undefined },
    { name: 'anything on what is no call', call: aside, asked: 'hangUp', type: 'call-ended' },
  ] as const)('says of $name: $type', ({ call, asked, type }) => {
    const problem = cannotTake(call, spec(asked));

    expect(problem?.type).toBe(type === undefined ? undefined : `urn:ringback:problem:${type}`);
  });

  it.each([
    ['placeCall', 'it has a route of its own'],
    ['answerCall', 'INCOMING_CALL_ROUTES'],
    ['redirectCall', 'INCOMING_CALL_ROUTES'],
  ] as const)('says where %s belongs, on a call of any dialect', (kind, where) => {
    expect(cannotTake(talking, { kind })?.detail).toContain(where);
    expect(cannotTake({ ...talking, dialect: 'ga' }, { kind })?.detail).toContain(where);
  });

  it('says that a placing is none before it says what the placing lacks', async () => {
    const world = new MemoryWorld();
    const ports = { ...requestPortsOf(world, world.startInstance()), callerDefaults: {} };

    const asked = await requestAction(ports, talking, { action: spec('place') });

    expect(asked).toMatchObject({ problem: { errors: [{ pointer: '/kind' }] } });
  });

  it('names the end and its reason', () => {
    expect(cannotTake(over, spec('play'))?.detail).toBe(
      `It ended at ${atSecond(60)}. The call ended; this dialect does not say who ended it.`,
    );
  });
});

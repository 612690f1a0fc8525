import { describe, expect, it } from 'vitest';
import type { ActionResult } from '../../../shared/actions/provider.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { flowLookup } from '../../../shared/flows/flow-lookup.ts';
import { MissingFlowError } from '../../../shared/flows/missing-flow.ts';
import { replayParked } from '../../../shared/processing/replay-parked.ts';
import { ended, headOf, received } from '../../support/acting.ts';
import { textOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { expectReplays } from '../../support/expect-replays.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { CALL_LEG_ID, stateChanged } from '../../support/preview-2021-04-elements.ts';
import { testFlow } from '../../support/test-flow.ts';

const requested: CallEvent = {
  ...received(
    callEvent(atSecond(0), {
      type: 'call.requested',
      actionId: 'place',
      action: { kind: 'placeCall', arguments: { to: ['4:+14255550142'] } },
      flow: { name: testFlow.name, version: testFlow.version, input: testFlow.example },
    }),
  ),
  wireId: null,
};
const connected = received(
  callEvent(
    atSecond(3),
    { type: 'call.connected', conversationId: 'conversation-1' },
    { wireId: CALL_LEG_ID },
  ),
);
const notAnswered: CallEvent = received(
  callEvent(atSecond(30), {
    type: 'call.disconnected',
    conversationId: null,
    wasConnected: false,
    reason: null,
  }),
);

const start = () => {
  const world = new MemoryWorld({ flows: flowLookup([testFlow]) });
  return { world, instance: world.startInstance() };
};
const kindsOf = async (instance: Instance) =>
  (await headOf(instance)).call.actions.map(({ kind, state }) => `${kind} ${state}`);

describe('CallWorker, of calls that a flow runs', () => {
  it('places the call, acts as the flow says, and ends it when its time is up', async () => {
    const { world, instance } = start();
    await instance.worker.record(CALL_KEY, { events: [requested] });
    await instance.worker.record(CALL_KEY, { events: [connected] });
    expect(world.provider.kinds).toEqual(['placeCall', 'playAudio']);

    await world.comeToRest(instance);

    expect(world.provider.kinds).toEqual(['placeCall', 'playAudio', 'hangUp']);
    const { call } = await headOf(instance);
    expect(call.flow).toMatchObject({ status: 'done', result: { keys: '' } });
    await expectReplays(world, CALL_KEY);
  });

  describe('a call that is dialled again', () => {
    async function dialledAgain(answer?: () => Promise<ActionResult>) {
      const { world, instance } = start();
      await instance.worker.record(CALL_KEY, { events: [requested] });
      if (answer !== undefined) world.provider.answer = answer;
      await instance.worker.record(CALL_KEY, { events: [notAnswered] });
      return { world, instance };
    }

    it('is planned when the end has settled, and waits its time', async () => {
      const { world, instance } = await dialledAgain();
      expect(await kindsOf(instance)).toEqual(['placeCall done']);
      world.clock.nowMs += 16_000;
      await world.visit(instance);

      expect(await kindsOf(instance)).toEqual(['placeCall done', 'dialAgain planned']);
      expect((await headOf(instance)).call.timers.filter(({ state }) => state === 'armed')).toMatchObject([
        { timerId: '!dialAgain' },
      ]);
      await world.visit(instance);
      expect(world.provider.kinds).toEqual(['placeCall']);
    });

    it('begins as another call, once, which knows the one before', async () => {
      const { world, instance } = await dialledAgain();
      await world.comeToRest(instance);

      const { call } = await headOf(instance);
      const again = call.actions.find(({ kind }) => kind === 'dialAgain');
      const nextKey = String(again?.arguments['callKey']);
      expect(again).toMatchObject({ state: 'done' });
      expect(nextKey).toMatch(/^c[0-9a-hjkmnp-tv-z]{26}$/);
      expect(world.provider.kinds).toEqual(['placeCall', 'placeCall']);
      expect((await instance.calls.load(nextKey))?.call).toMatchObject({
        actions: [{ kind: 'placeCall', arguments: { to: ['4:+14255550142'] } }],
        flow: {
          name: 'test-flow',
          status: 'active',
          input: { ...testFlow.example, attempt: 2, previousCallKey: CALL_KEY },
        },
      });
      await expectReplays(world, CALL_KEY);
      await expectReplays(world, nextKey);
    });

    it('begins once though the process dies before it has noted so', async () => {
      const { world } = await dialledAgain();
      world.clock.nowMs += 16_000;
      const first = world.startInstance();
      await world.visit(first);
      const head = await headOf(first);
      const { arguments: stored } = head.call.actions.find(({ kind }) => kind === 'dialAgain') ?? {};
      const before = world.startInstance();
      // As the one would have done it that died.
      await before.worker.record(String(stored?.['callKey']), {
        events: [{ ...requested, fingerprint: 'requested' }],
      });

      await world.comeToRest(world.startInstance());

      expect(world.provider.kinds).toEqual(['placeCall', 'placeCall']);
    });
  });

  describe('a call whose flow is not deployed', () => {
    async function undeployed() {
      const { world, instance } = start();
      await instance.worker.record(CALL_KEY, { events: [requested] });
      await instance.worker.record(CALL_KEY, { events: [connected] });
      world.flows = flowLookup([{ ...testFlow, version: 2 }]);
      return { world, without: world.startInstance() };
    }

    it('has its events parked, and goes on when it is deployed again', async () => {
      const { world, without } = await undeployed();
      await without.processor.process(
        textOf(CALL_KEY, [stateChanged('Terminated', '2021-05-05T20:01:00.0000000Z')]),
        atSecond(700),
      );

      const { items } = await without.parked.list({ limit: 10 });
      expect(items).toMatchObject([{ reason: 'missingFlow', kind: 'element', callKey: CALL_KEY }]);
      expect(items[0]?.detail).toMatch(/test-flow in version 1 .* Deploy it again/);

      world.flows = flowLookup([testFlow]);
      const again = world.startInstance();
      for (const item of items) expect(await replayParked(again, item)).toBeUndefined();
      await world.comeToRest(again);
      expect((await headOf(again)).call.flow).toMatchObject({ status: 'done' });
    });

    it('is left alone by whoever only looks whether something is due', async () => {
      const { world, without } = await undeployed();
      world.clock.nowMs += 3_600_000;
      await without.worker.visit(CALL_KEY);
      await world.visit(without);

      expect((await without.parked.list({ limit: 10 })).items).toEqual([]);
      expect((await headOf(without)).call.flow).toMatchObject({ status: 'active' });
    });

    it('refuses what is asked for, with the reason', async () => {
      const { without } = await undeployed();

      await expect(
        without.worker.record(CALL_KEY, { events: [{ ...ended, wireId: CALL_LEG_ID }] }),
      ).rejects.toThrow(MissingFlowError);
    });
  });
});

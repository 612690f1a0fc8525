import { describe, expect, it } from 'vitest';
import type { ActionKind } from '../../../shared/domain/action.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { outcomeOf } from '../../../shared/domain/outcome.ts';
import { connected, ended, headOf, received, states, UNCLEAR } from '../../support/acting.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { expectReplays } from '../../support/expect-replays.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

/** Something that is known of a call before ACS has named it, and that proves nothing of it. */
const wanted: CallEvent = {
  ...received(callEvent(atSecond(0), { type: 'play.failed', operationContext: 'wanted', result: null })),
  wireId: null,
};

const decider = deciderOf({
  'playAudio:wanted': { actions: [draft('placeCall'), draft('playAudio')] },
  'timer:!placing#1': { actions: [draft('placeCall', 'again')] },
});

async function placedUnclear() {
  const world = new MemoryWorld({ decider });
  const instance = world.startInstance();
  world.provider.answer = ({ kind }) => (kind === 'placeCall' ? UNCLEAR : { kind: 'done' });
  await instance.worker.record(CALL_KEY, { events: [wanted] });
  return { world, instance };
}

/** A call of ours whose prompt and hang-up wait for the id of the call. */
const requested: CallEvent = {
  ...wanted,
  type: 'call.requested',
  fingerprint: 'requested',
  actionId: 'place-1',
  action: draft('placeCall'),
  flow: null,
};
const askedFor = (kind: ActionKind): CallEvent => ({
  ...wanted,
  type: 'action.requested',
  fingerprint: `asked:${kind}`,
  actionId: `${kind}-1`,
  action: draft(kind),
});

describe('CallWorker', () => {
  describe('a call that ACS names in its answer', () => {
    it('is hung up by that name before any callback', async () => {
      const world = new MemoryWorld();
      const instance = world.startInstance();
      world.provider.answer = ({ kind }) => ({
        kind: 'done',
        ...(kind === 'placeCall' && { wireId: 'leg-1' }),
      });

      await instance.worker.record(CALL_KEY, { events: [requested] });
      await instance.worker.record(CALL_KEY, { events: [askedFor('hangUp')] });

      expect(world.provider.sent.map(({ kind, wireId }) => [kind, wireId])).toEqual([
        ['placeCall', null],
        ['hangUp', 'leg-1'],
      ]);
      expect(await instance.index.callKeyFor('leg-1')).toBe(CALL_KEY);
      await expectReplays(world, CALL_KEY);
    });

    it('is the same call when a callback names it first', async () => {
      const world = new MemoryWorld();
      const instance = world.startInstance();
      world.provider.answer = async () => {
        await world.startInstance().worker.record(CALL_KEY, { events: [connected] });
        return { kind: 'done', wireId: 'leg-1' };
      };

      await instance.worker.record(CALL_KEY, { events: [requested] });

      const { call } = await headOf(instance);
      expect(call).toMatchObject({ wireId: 'leg-1', state: 'connected', actions: [{ state: 'done' }] });
      await expectReplays(world, CALL_KEY);
    });

    it('keeps the name that a callback gave it, whatever the answer says', async () => {
      const world = new MemoryWorld();
      const instance = world.startInstance();
      world.provider.answer = async () => {
        await world.startInstance().worker.record(CALL_KEY, { events: [connected] });
        return { kind: 'done', wireId: 'leg-2' };
      };

      await instance.worker.record(CALL_KEY, { events: [requested] });

      const { call } = await headOf(instance);
      expect(call).toMatchObject({ wireId: 'leg-1', actions: [{ state: 'done' }] });
      expect(await instance.index.callKeyFor('leg-2')).toBeUndefined();
      await expectReplays(world, CALL_KEY);
    });
  });

  it.each(['playAudio', 'hangUp', 'endForAll'] as const)(
    'sends %s with the commit that learns the name of the call, and asks nobody before',
    async kind => {
      const world = new MemoryWorld();
      const instance = world.startInstance();
      await instance.worker.record(CALL_KEY, { events: [requested] });
      await instance.worker.record(CALL_KEY, { events: [askedFor(kind)] });
      await world.comeToRest(instance);
      expect(world.provider.kinds).toEqual(['placeCall']);

      await instance.worker.record(CALL_KEY, { events: [connected] });

      expect(world.provider.sent.map(sent => [sent.kind, sent.wireId])).toEqual([
        ['placeCall', null],
        [kind, 'leg-1'],
      ]);
      await expectReplays(world, CALL_KEY);
    },
  );

  describe('a call of which it is not known whether ACS placed it', () => {
    it('is not dialled again by itself', async () => {
      const { world, instance } = await placedUnclear();

      expect((await states(instance))[0]).toBe('placeCall unknown');
      await world.comeToRest(instance);

      expect(world.provider.kinds.filter(kind => kind === 'placeCall')).toHaveLength(1);
    });

    it('is known to be placed by the first callback on its own URL', async () => {
      const { world, instance } = await placedUnclear();
      world.clock.nowMs += 119_000;

      await instance.worker.record(CALL_KEY, { events: [connected] });
      await world.comeToRest(instance);

      const { call } = await headOf(instance);
      expect(call.actions[0]).toMatchObject({ kind: 'placeCall', state: 'done', reason: null });
      expect(call).toMatchObject({ state: 'connected', lostAt: null });
      expect(call.timers).toMatchObject([{ state: 'cancelled' }]);
      await expectReplays(world, CALL_KEY);
    });

    it('is placed when the callback overtakes the answer', async () => {
      const world = new MemoryWorld({ decider });
      const instance = world.startInstance();
      world.provider.answer = async ({ kind }) => {
        if (kind === 'placeCall')
          await world.startInstance().worker.record(CALL_KEY, { events: [connected] });
        return kind === 'placeCall' ? UNCLEAR : { kind: 'done' };
      };

      await instance.worker.record(CALL_KEY, { events: [wanted] });

      const { call } = await headOf(instance);
      expect(call.actions[0]).toMatchObject({ kind: 'placeCall', state: 'done' });
      expect(call.timers).toEqual([]);
      await expectReplays(world, CALL_KEY);
    });

    it('is given up after two minutes without a word, which is inferred and says nothing of how it went', async () => {
      const { world, instance } = await placedUnclear();

      await world.comeToRest(instance);

      const { call } = await headOf(instance);
      expect(world.clock.now()).toBe(Date.parse(atSecond(3_720)));
      expect(call).toMatchObject({ state: 'disconnected', endedAt: null, lostAt: atSecond(3_720) });
      expect(outcomeOf(call)).toBe('unknown');
      expect(call.actions[0]?.state).toBe('unknown');
      await expectReplays(world, CALL_KEY);
    });

    it('is believed when it is heard of after that, and its true end is the end', async () => {
      const { world, instance } = await placedUnclear();
      await world.comeToRest(instance);

      await instance.worker.record(CALL_KEY, { events: [connected, ended] });

      const { call } = await headOf(instance);
      expect(call).toMatchObject({ state: 'disconnected', endedAt: ended.at, wasConnected: true });
      expect(call.actions[0]?.state).toBe('done');
      expect(outcomeOf(call)).toBe('answered');
      await expectReplays(world, CALL_KEY);
    });
  });
});

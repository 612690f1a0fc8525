import { describe, expect, it } from 'vitest';
import {
  connected,
  isCallCommit,
  isPut,
  NOT_NOW,
  states,
  tone,
  UNCLEAR,
  worldThatSends,
} from '../../support/acting.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { expectReplays } from '../../support/expect-replays.ts';
import { failWhere, type PortRequest, unavailable } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

describe('CallWorker', () => {
  describe('a commit without an answer', () => {
    it('is recognised as made, and its action sent, once', async () => {
      const world = worldThatSends(draft('playAudio'));
      const instance = world.startInstance();
      let isFirst = true;
      instance.faults.plan = request => {
        if (!isCallCommit(request) || !isFirst) return undefined;
        isFirst = false;
        return { when: 'after', error: unavailable() };
      };

      const committed = await instance.worker.record(CALL_KEY, { events: [connected] });

      expect(committed).toMatchObject({ duplicates: 0, conflicts: 0 });
      expect(world.provider.sent).toHaveLength(1);
      expect(await states(instance)).toEqual(['playAudio done']);
      await expectReplays(world, CALL_KEY);
    });

    it('fails when it was not made, and leaves nothing to be sent', async () => {
      const world = worldThatSends(draft('playAudio'));
      const instance = world.startInstance();
      instance.faults.plan = request =>
        isCallCommit(request) ? { when: 'before', error: unavailable() } : undefined;

      await expect(instance.worker.record(CALL_KEY, { events: [connected] })).rejects.toThrow('503');

      expect(world.provider.sent).toEqual([]);
      expect(await instance.calls.load(CALL_KEY)).toBeUndefined();
    });
  });

  describe('a delivery that comes again', () => {
    const decider = deciderOf({
      connected: { actions: [draft('playAudio')], arm: [{ timerId: 'silence', afterMs: 3_600_000 }] },
    });

    it('sends nothing again, and puts the poke and the alarm again', async () => {
      const world = new MemoryWorld({ decider });
      const instance = world.startInstance();
      world.provider.answer = () => NOT_NOW;
      await instance.worker.record(CALL_KEY, { events: [connected] });
      expect([world.callActions.size, world.callAlarms.size]).toEqual([1, 1]);

      await instance.worker.record(CALL_KEY, { events: [connected] });

      expect(world.provider.sent).toHaveLength(1);
      expect([world.callActions.size, world.callAlarms.size]).toEqual([2, 2]);
    });

    it('puts each once for all that came together', async () => {
      const world = new MemoryWorld({ decider });
      const instance = world.startInstance();
      world.provider.answer = () => NOT_NOW;
      await instance.worker.record(CALL_KEY, { events: [connected] });

      await Promise.all(
        [connected, tone(1), tone(2), tone(3)].map(event =>
          instance.worker.record(CALL_KEY, { events: [event] }),
        ),
      );

      expect([world.callActions.size, world.callAlarms.size]).toEqual([2, 2]);
    });

    it('puts no poke for what this worker has just done itself', async () => {
      const world = worldThatSends(draft('hangUp'));
      const instance = world.startInstance();
      world.provider.answer = (_, sends) => (sends === 1 ? UNCLEAR : { kind: 'done' });
      await instance.worker.record(CALL_KEY, { events: [connected] });
      world.clock.nowMs += 1_000;
      const puts = instance.faults.count(isPut('callActions'));

      await instance.worker.record(CALL_KEY, { events: [connected] });

      expect(await states(instance)).toEqual(['hangUp done']);
      expect(instance.faults.count(isPut('callActions'))).toBe(puts);
    });

    it('does no more than a refused transaction and reads when all is done', async () => {
      const world = worldThatSends(draft('playAudio'));
      const instance = world.startInstance();
      await instance.worker.record(CALL_KEY, { events: [connected] });
      const before = instance.faults.requests.length;

      await instance.worker.record(CALL_KEY, { events: [connected] });

      expect(
        instance.faults.requests.slice(before).map(({ port, operation }) => `${port} ${operation}`),
      ).toEqual(['calls commit', 'calls get']);
    });
  });

  describe('an outcome that cannot be recorded', () => {
    it('is told to the message, so that it comes again and somebody looks when the claim is abandoned', async () => {
      const world = worldThatSends(draft('playAudio'));
      const mortal = world.startInstance();
      const isOutcome = (request: PortRequest) => isCallCommit(request) && world.provider.sent.length > 0;
      mortal.faults.plan = failWhere(isOutcome);

      await expect(mortal.worker.record(CALL_KEY, { events: [connected] })).rejects.toThrow('503');
      expect(world.provider.sent).toHaveLength(1);
      const heir = world.startInstance();
      await heir.worker.record(CALL_KEY, { events: [connected] });
      await world.comeToRest(heir);

      expect(await states(heir)).toEqual(['playAudio unknown']);
      expect(world.provider.sent).toHaveLength(1);
    });
  });

  describe('an alarm that cannot be put', () => {
    it('keeps no action from being sent, and the message is told', async () => {
      const decider = deciderOf({
        connected: { actions: [draft('playAudio')], arm: [{ timerId: 'silence', afterMs: 10_000 }] },
      });
      const world = new MemoryWorld({ decider });
      const instance = world.startInstance();
      instance.faults.plan = request =>
        isPut('callAlarms')(request) ? { when: 'before', error: unavailable() } : undefined;

      await expect(instance.worker.record(CALL_KEY, { events: [connected] })).rejects.toThrow('503');
      expect(await states(instance)).toEqual(['playAudio done']);
      instance.faults.plan = () => undefined;
      await instance.worker.record(CALL_KEY, { events: [connected] });

      expect(world.callAlarms.size).toBe(1);
      expect(world.provider.sent).toHaveLength(1);
    });
  });
});

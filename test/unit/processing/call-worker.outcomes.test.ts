import { describe, expect, it } from 'vitest';
import { LEASE_MS } from '../../../shared/processing/plan-commit.ts';
import {
  answersByHand,
  connected,
  NOT_NOW,
  states,
  tone,
  turns,
  UNCLEAR,
  worldThatSends,
} from '../../support/acting.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { expectReplays } from '../../support/expect-replays.ts';
import { Crash } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

describe('CallWorker', () => {
  describe('an action that ACS does not take now', () => {
    it('is another request after a pause that grows, and at least as long as ACS asks for', async () => {
      const world = worldThatSends(draft('playAudio'));
      const instance = world.startInstance();
      const sentAt: number[] = [];
      world.provider.answer = (_, sends) => {
        sentAt.push(world.clock.nowMs);
        if (sends === 4) return { kind: 'done' };
        return sends === 3 ? { ...NOT_NOW, retryAfterMs: 30_000 } : NOT_NOW;
      };
      const startedAt = world.clock.nowMs;

      await instance.worker.record(CALL_KEY, { events: [connected] });
      await world.comeToRest(instance);

      expect(sentAt.map(at => (at - startedAt) / 1000)).toEqual([0, 1, 3, 33]);
      expect(world.provider.sent.map(({ generation }) => generation)).toEqual([1, 2, 3, 4]);
      expect(world.provider.sent.map(({ firstSentAt }) => Date.parse(firstSentAt))).toEqual(sentAt);
      expect(await states(instance)).toEqual(['playAudio done']);
    });

    it('fails after 20 sends', async () => {
      const world = worldThatSends(draft('playAudio'), draft('cancelMedia'));
      const instance = world.startInstance();
      world.provider.answer = ({ kind }) => (kind === 'playAudio' ? NOT_NOW : { kind: 'done' });

      await instance.worker.record(CALL_KEY, { events: [connected] });
      await world.comeToRest(instance);

      expect(world.provider.kinds.filter(kind => kind === 'playAudio')).toHaveLength(20);
      expect(await states(instance)).toEqual(['playAudio failed', 'cancelMedia done']);
      const told = instance.logged.filter(({ level }) => level === 'warn');
      expect(told.map(({ name, fields }) => [name, fields['attempts']])).toEqual([
        ...Array.from({ length: 14 }, (_, index) => ['actionDelayed', index + 6]),
        ['actionFailed', undefined],
      ]);
    });
  });

  describe('an action whose outcome is unclear', () => {
    it('is never sent again when at most once is allowed', async () => {
      const world = worldThatSends(draft('playAudio'));
      const instance = world.startInstance();
      world.provider.answer = () => UNCLEAR;

      await instance.worker.record(CALL_KEY, { events: [connected] });
      world.clock.nowMs += 1_000_000;
      await instance.worker.visit(CALL_KEY);

      expect(world.provider.sent).toHaveLength(1);
      expect(await states(instance)).toEqual(['playAudio unknown']);
      expect(world.callActions.size).toBe(0);
      expect(instance.logged.filter(({ name }) => name === 'actionUnknown')).toMatchObject([
        { level: 'warn', fields: { callKey: CALL_KEY, kind: 'playAudio' } },
      ]);
    });

    it('is sent again, as the same request, when at least once is allowed', async () => {
      const world = worldThatSends(draft('hangUp'));
      const instance = world.startInstance();
      world.provider.answer = (_, sends) => (sends === 3 ? { kind: 'done' } : UNCLEAR);

      await instance.worker.record(CALL_KEY, { events: [connected] });
      await world.comeToRest(instance);

      expect(world.provider.sent).toHaveLength(3);
      expect(await states(instance)).toEqual(['hangUp done']);
    });

    it('is repeated as the same request until ACS may have forgotten it, when it is repeatable', async () => {
      const decider = deciderOf({ connected: { actions: [draft('playAudio')] } });
      const world = new MemoryWorld({ decider, policies: { playAudio: 'repeatable' } });
      const instance = world.startInstance();
      const startedAt = world.clock.nowMs;
      const sentAt: number[] = [];
      world.provider.answer = (_, sends) => {
        sentAt.push(world.clock.nowMs);
        // Being turned away once does not make it another request.
        return sends === 2 ? NOT_NOW : UNCLEAR;
      };

      await instance.worker.record(CALL_KEY, { events: [connected] });
      await world.comeToRest(instance);

      expect(new Set(world.provider.sent.map(request => JSON.stringify(request))).size).toBe(1);
      expect(world.provider.sent[0]).toMatchObject({ generation: 1 });
      expect(sentAt.length).toBeGreaterThan(5);
      expect(Math.max(...sentAt) - startedAt).toBeLessThan(300_000);
      expect(await states(instance)).toEqual(['playAudio unknown']);
    });
  });

  describe('a sender that does not come back', () => {
    /** Claims the action and dies, before or after ACS has carried it out. */
    async function dieSending(world: MemoryWorld, when: 'before' | 'after'): Promise<void> {
      const dying = world.startInstance();
      dying.faults.plan = ({ port, number }) => {
        if (port === 'provider') dying.faults.plan = () => ({ when: 'before', error: new Crash('gone') });
        return port === 'provider' && number > 0 ? { when, error: new Crash('gone') } : undefined;
      };
      await expect(dying.worker.record(CALL_KEY, { events: [connected] })).rejects.toThrow('gone');
    }

    it.each(['before', 'after'] as const)(
      'leaves its action to nobody while its lease runs, and to the policy after it, having died %s',
      async when => {
        for (const [kind, state, sends] of [
          ['playAudio', 'unknown', 0],
          ['hangUp', 'done', 1],
        ] as const) {
          const world = worldThatSends(draft(kind));
          await dieSending(world, when);
          const sent = world.provider.sent.length;
          const successor = world.startInstance();

          world.clock.nowMs += LEASE_MS - 1;
          await successor.worker.visit(CALL_KEY);
          await successor.worker.record(CALL_KEY, { events: [tone(1)] });
          expect(world.provider.sent).toHaveLength(sent);
          expect(await states(successor)).toEqual([`${kind} planned`]);

          world.clock.nowMs += 1;
          await successor.worker.visit(CALL_KEY);
          expect(world.provider.sent).toHaveLength(sent + sends);
          expect(await states(successor)).toEqual([`${kind} ${state}`]);
        }
      },
    );

    it('is made good when its message comes again: somebody looks when the lease is over', async () => {
      const world = worldThatSends(draft('hangUp'));
      await dieSending(world, 'after');
      const successor = world.startInstance();

      await successor.worker.record(CALL_KEY, { events: [connected] });
      expect(world.provider.sent).toHaveLength(1);
      expect(world.callActions.size).toBe(1);
      await world.comeToRest(successor);

      expect(world.provider.sent).toHaveLength(2);
      expect(new Set(world.provider.sent.map(request => JSON.stringify(request))).size).toBe(1);
      expect(await states(successor)).toEqual(['hangUp done']);
    });

    it('and is only slow is not believed that ACS refused it, when another has sent it meanwhile', async () => {
      const world = worldThatSends(draft('hangUp'));
      const [slow, other] = [world.startInstance(), world.startInstance()];
      const acs = answersByHand(world);
      const recording = slow.worker.record(CALL_KEY, { events: [connected] });
      await turns();
      world.clock.nowMs += LEASE_MS;
      const repeating = other.worker.visit(CALL_KEY);
      await turns();
      expect(world.provider.sent).toHaveLength(2);

      acs.answer({ kind: 'refused', reason: 'not this one' });
      await recording;
      expect(await states(other)).toEqual(['hangUp planned']);
      acs.answer();
      await repeating;

      expect(await states(other)).toEqual(['hangUp done']);
      await expectReplays(world, CALL_KEY);
    });

    it('and is only slow is believed, though its action has become unknown', async () => {
      const world = worldThatSends(draft('playAudio'));
      const [slow, other] = [world.startInstance(), world.startInstance()];
      const acs = answersByHand(world);
      const recording = slow.worker.record(CALL_KEY, { events: [connected] });
      await turns();
      world.clock.nowMs += LEASE_MS;
      await other.worker.visit(CALL_KEY);
      expect(await states(other)).toEqual(['playAudio unknown']);

      acs.answer();
      await recording;

      expect(await states(other)).toEqual(['playAudio done']);
      expect(world.provider.sent).toHaveLength(1);
      await expectReplays(world, CALL_KEY);
    });
  });
});

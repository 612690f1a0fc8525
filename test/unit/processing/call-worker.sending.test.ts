import { describe, expect, it } from 'vitest';
import type { ActionResult } from '../../../shared/actions/provider.ts';
import type { Action } from '../../../shared/domain/action.ts';
import { HEAD_ROW } from '../../../shared/store/keys.ts';
import {
  answersByHand,
  connected,
  ended,
  headOf,
  isCallCommit,
  NOT_NOW,
  states,
  tone,
  turns,
  UNCLEAR,
  worldThatSends,
} from '../../support/acting.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { expectReplays } from '../../support/expect-replays.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

describe('CallWorker', () => {
  describe('an action', () => {
    it('is planned and claimed in the transaction of the state that decided it, and sent behind it', async () => {
      const world = worldThatSends(draft('playAudio', 'hello'));
      const instance = world.startInstance();
      const stored: (Action | undefined)[] = [];
      world.provider.answer = async () => {
        const { call, deliveries } = await headOf(instance);
        const [action] = call.actions;
        stored.push(action);
        expect(deliveries[action?.actionId ?? '']).toMatchObject({ attempts: 1, generation: 1 });
        return { kind: 'done' };
      };

      await instance.worker.record(CALL_KEY, { events: [connected] });

      const first = instance.faults.requests.find(isCallCommit);
      expect(first?.rowKeys?.map(rowKey => rowKey.slice(0, 2))).toEqual([HEAD_ROW, 'j~', 'o~']);
      expect(stored).toMatchObject([{ state: 'planned', plannedAt: connected.at }]);
      expect(world.provider.sent).toMatchObject([
        {
          actionId: stored[0]?.actionId,
          kind: 'playAudio',
          arguments: { label: 'hello' },
          callKey: CALL_KEY,
          wireId: 'leg-1',
          generation: 1,
        },
      ]);
      expect(await states(instance)).toEqual(['hello done']);
      await expectReplays(world, CALL_KEY);
    });

    it.each([1, 2, 5])(
      'costs one transaction beyond the one that plans it, when %i are sent at once',
      async count => {
        const drafts = Array.from({ length: count }, (_, index) => draft('playAudio', `prompt ${index}`));
        const [world, idle] = [worldThatSends(...drafts), new MemoryWorld()];
        const [instance, other] = [world.startInstance(), idle.startInstance()];

        await instance.worker.record(CALL_KEY, { events: [connected] });
        await other.worker.record(CALL_KEY, { events: [connected] });

        expect(world.provider.sent).toHaveLength(count);
        expect(instance.faults.requests.filter(({ port }) => port !== 'provider')).toHaveLength(
          other.faults.requests.length + count,
        );
        expect(instance.faults.count(isCallCommit)).toBe(other.faults.count(isCallCommit) + count);
      },
    );

    it('costs put, receive, claim, acknowledgement and delete when it has to wait', async () => {
      const world = worldThatSends(draft('playAudio'));
      const instance = world.startInstance();
      world.provider.answer = (_, sends) => (sends === 1 ? NOT_NOW : { kind: 'done' });
      await instance.worker.record(CALL_KEY, { events: [connected] });
      expect(world.callActions.size).toBe(1);
      const before = instance.faults.requests.length;

      world.clock.nowMs += 1_000;
      // The host's own receive, of up to 32 messages, and its delete are not counted here.
      expect(await world.visit(instance)).toBe(1);

      const sent = instance.faults.requests
        .slice(before)
        .map(({ port, operation }) => `${port} ${operation}`);
      expect(sent).toEqual(['calls commit', 'provider perform', 'calls commit']);
      expect(world.callActions.size).toBe(0);
      expect(await states(instance)).toEqual(['playAudio done']);
    });

    it('is sent by a process that has seen the call before it was planned, and not since', async () => {
      const world = worldThatSends(draft('playAudio'));
      const [planning, other] = [world.startInstance(), world.startInstance()];
      const before = callEvent(atSecond(1), { type: 'call.connecting', conversationId: null });
      await other.worker.record(CALL_KEY, { events: [before] });
      world.provider.answer = (_, sends) => (sends === 1 ? NOT_NOW : { kind: 'done' });
      await planning.worker.record(CALL_KEY, { events: [connected] });

      world.clock.nowMs += 1_000;
      await world.visit(other);

      expect(await states(other)).toEqual(['playAudio done']);
      expect(world.callActions.size).toBe(0);
    });

    it('has the same id and arguments on every send, and the same whatever delivery led to it', async () => {
      const one = worldThatSends(draft('hangUp', 'bye'));
      const other = worldThatSends(draft('hangUp', 'bye'));
      one.provider.answer = (_, sends) => (sends === 3 ? { kind: 'done' } : UNCLEAR);
      const [first, second] = [one.startInstance(), other.startInstance()];

      await first.worker.record(CALL_KEY, { events: [connected] });
      await one.comeToRest(first);
      const restamped = { ...tone(1), at: atSecond(1), fingerprint: 'another delivery' };
      await second.worker.record(CALL_KEY, { events: [restamped] });

      const bodies = [...one.provider.sent, ...other.provider.sent].map(request =>
        JSON.stringify([request.actionId, request.arguments]),
      );
      expect(bodies).toHaveLength(4);
      expect(new Set(bodies).size).toBe(1);
    });

    it('does not hold up the next commit while it is sent', async () => {
      const world = worldThatSends(draft('playAudio'));
      const instance = world.startInstance();
      const acs = answersByHand(world);
      const first = instance.worker.record(CALL_KEY, { events: [connected] });
      await turns();

      await instance.worker.record(CALL_KEY, { events: [tone(1)] });
      expect((await headOf(instance)).call.tones).toHaveLength(1);
      expect(await states(instance)).toEqual(['playAudio planned']);

      acs.answer();
      await first;
      expect(await states(instance)).toEqual(['playAudio done']);
      expect(world.provider.sent).toHaveLength(1);
    });

    it('is waited for by whoever brought the event, so that the message is there until it is done', async () => {
      const world = worldThatSends(draft('playAudio'), draft('cancelMedia'));
      const instance = world.startInstance();
      const acs = answersByHand(world);
      let isRecorded = false;
      const recording = instance.worker.record(CALL_KEY, { events: [connected] }).then(() => {
        isRecorded = true;
      });

      await turns();
      acs.answer();
      await turns();
      expect([isRecorded, world.provider.kinds.length]).toEqual([false, 2]);
      acs.answer();

      await recording;
      expect(await states(instance)).toEqual(['playAudio done', 'cancelMedia done']);
    });
  });

  describe('the order within a call', () => {
    it.each<[string, ActionResult]>([
      ['done', { kind: 'done' }],
      ['failed', { kind: 'refused', reason: 'no' }],
      ['unknown', UNCLEAR],
    ])('goes on when the action before is %s', async (state, result) => {
      const world = worldThatSends(draft('playAudio', 'one'), draft('playAudio', 'two'));
      const instance = world.startInstance();
      const acs = answersByHand(world);
      const recording = instance.worker.record(CALL_KEY, { events: [connected] });
      await turns();
      expect(world.provider.sent).toHaveLength(1);

      acs.answer(result);
      await turns();
      expect(await states(instance)).toEqual([`one ${state}`, 'two planned']);
      expect(world.provider.sent.map(({ arguments: { label } }) => label)).toEqual(['one', 'two']);
      acs.answer();

      await recording;
      expect(await states(instance)).toEqual([`one ${state}`, 'two done']);
      await expectReplays(world, CALL_KEY);
    });

    it('waits for an action that has to wait', async () => {
      const world = worldThatSends(draft('playAudio', 'one'), draft('playAudio', 'two'));
      const instance = world.startInstance();
      world.provider.answer = (_, sends) => (sends === 1 ? NOT_NOW : { kind: 'done' });

      await instance.worker.record(CALL_KEY, { events: [connected] });
      await instance.worker.record(CALL_KEY, { events: [tone(1)] });
      expect(world.provider.sent).toHaveLength(1);
      await world.comeToRest(instance);

      expect(world.provider.sent.map(({ arguments: { label } }) => label)).toEqual([
        'one',
        'one',
        'two',
        'two',
      ]);
      expect(await states(instance)).toEqual(['one done', 'two done']);
    });

    it('is overtaken by a hang-up, which skips what is planned', async () => {
      const actions = [draft('playAudio', 'one'), draft('playAudio', 'two')];
      const decider = deciderOf({
        connected: { actions },
        'tone#1:one': { actions: [draft('hangUp')] },
        'tone#2:one': { actions: [draft('playAudio', 'three')] },
      });
      const world = new MemoryWorld({ decider });
      const instance = world.startInstance();
      const acs = answersByHand(world);
      const first = instance.worker.record(CALL_KEY, { events: [connected] });
      await turns();

      const second = instance.worker.record(CALL_KEY, { events: [tone(1)] });
      await turns();
      expect(world.provider.kinds).toEqual(['playAudio', 'hangUp']);
      const third = instance.worker.record(CALL_KEY, { events: [tone(2)] });
      acs.answer();
      acs.answer();

      await Promise.all([first, second, third]);
      expect(world.provider.kinds).toEqual(['playAudio', 'hangUp']);
      expect(await states(instance)).toEqual(['one done', 'two skipped', 'hangUp done', 'three skipped']);
      await expectReplays(world, CALL_KEY);
    });

    it('ends with the call: what is planned by then or later is skipped', async () => {
      const decider = deciderOf({
        connected: { actions: [draft('playAudio', 'one'), draft('playAudio', 'two')] },
        'tone#1:one': { actions: [draft('hangUp')], arm: [{ timerId: 'late', afterMs: 1_000 }] },
      });
      const world = new MemoryWorld({ decider });
      const instance = world.startInstance();
      const acs = answersByHand(world);
      const first = instance.worker.record(CALL_KEY, { events: [connected] });
      await turns();

      await instance.worker.record(CALL_KEY, { events: [ended] });
      await instance.worker.record(CALL_KEY, { events: [tone(1)] });
      acs.answer(NOT_NOW);
      await first;
      await world.comeToRest(instance);

      expect(world.provider.sent).toHaveLength(1);
      const { call } = await headOf(instance);
      expect(call.actions.map(({ state, reason }) => `${state}: ${String(reason)}`)).toEqual([
        'skipped: the call is over',
        'skipped: the call is over',
        'skipped: the call is over',
      ]);
      const told = instance.logged.filter(({ name }) => name === 'actionSkipped');
      expect(told.map(({ fields }) => fields['actionId'])).toEqual(
        call.actions.map(({ actionId }) => actionId),
      );
      expect(call.timers).toMatchObject([{ timerId: 'late', state: 'cancelled' }]);
      await expectReplays(world, CALL_KEY);
    });
  });
});

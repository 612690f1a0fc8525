import { describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../../shared/clock.ts';
import { decodeCallMessage } from '../../../shared/queues/call-message.ts';
import { connected, ended, headOf, isCallCommit, received, states, tone } from '../../support/acting.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { expectReplays } from '../../support/expect-replays.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';

/** The world's clock begins at second 3,600, when every event is received. */
const DUE_AT = atSecond(3_610);

const arm = (timerId: string, seconds: number) => ({ arm: [{ timerId, afterMs: seconds * 1_000 }] });

const decider = deciderOf({
  connected: arm('silence', 10),
  'tone#1:one': arm('silence', 20),
  'tone#2:one': { cancel: ['silence'] },
  'tone#3:one': arm('short', 3),
  'timer:silence#1': { actions: [draft('playAudio', 'once')], ...arm('next', 30) },
  'timer:silence#2': { actions: [draft('playAudio', 'twice')] },
  'timer:next#1': { actions: [draft('hangUp')] },
});

async function armed() {
  const world = new MemoryWorld({ decider });
  const instance = world.startInstance();
  await instance.worker.record(CALL_KEY, { events: [connected] });
  return { world, instance };
}

async function timers(instance: Instance): Promise<string[]> {
  const { call } = await headOf(instance);
  return call.timers.map(({ timerId, generation, state }) => `${timerId}#${generation} ${state}`);
}

function advance(world: MemoryWorld, seconds: number): void {
  world.clock.nowMs += seconds * 1_000;
}

/** The first alarm is gone; it is five seconds past its time. */
async function loseAlarm(world: MemoryWorld): Promise<void> {
  advance(world, 10);
  const [lost] = await world.callAlarms.receive(1, 30);
  if (lost === undefined) throw new Error('There is no alarm.');
  await world.callAlarms.delete(lost);
  advance(world, 5);
}

describe('CallWorker', () => {
  describe('a timer', () => {
    it('is armed in the transaction of the state that led to it, and an alarm is put for it', async () => {
      const { world, instance } = await armed();

      const rows = instance.faults.requests.find(isCallCommit)?.rowKeys?.map(rowKey => rowKey.slice(0, 2));
      expect(rows).toEqual(['!', 'j~', 't~']);
      expect((await headOf(instance)).alarmAt).toBe(DUE_AT);
      expect(await world.callAlarms.receive(32, 1)).toEqual([]);
      advance(world, 10);
      const [message] = await world.callAlarms.receive(32, 1);
      expect(decodeCallMessage(message?.text ?? '')).toEqual({
        callKey: CALL_KEY,
        alarmAt: DUE_AT,
        attempt: 0,
      });
    });

    it('fires when its alarm rings, by receipt and our own clock, and leads to what is next', async () => {
      const { world, instance } = await armed();

      await world.comeToRest(instance);

      expect(await timers(instance)).toEqual(['silence#1 fired', 'next#1 fired']);
      expect(await states(instance)).toEqual(['once done', 'hangUp done']);
      const fired = (await instance.calls.journal(CALL_KEY)).filter(
        ({ event: { type } }) => type === 'timer.fired',
      );
      expect(fired.map(({ event }) => event.at)).toEqual([DUE_AT, atSecond(3_640)]);
      await expectReplays(world, CALL_KEY);
    });

    it('costs one transaction, which the alarm for the next and what it leads to share', async () => {
      const { world, instance } = await armed();
      advance(world, 10);
      const before = instance.faults.requests.length;

      await world.visit(instance);

      const requests = instance.faults.requests.slice(before);
      expect(requests.map(({ port, operation }) => `${port} ${operation}`).toSorted()).toEqual([
        'callAlarms put',
        'calls commit',
        // Of the action.
        'calls commit',
        'provider perform',
      ]);
    });

    it('counts its armings: only the last can fire', async () => {
      const { world, instance } = await armed();
      advance(world, 1);

      await instance.worker.record(CALL_KEY, { events: [tone(1)] });
      expect(await timers(instance)).toEqual(['silence#2 armed']);
      advance(world, 9);
      await world.visit(instance);
      expect(await timers(instance)).toEqual(['silence#2 armed']);

      await world.comeToRest(instance);
      expect(await timers(instance)).toEqual(['silence#2 fired']);
      expect(await states(instance)).toEqual(['twice done']);
      expect(world.clock.now()).toBe(Date.parse(atSecond(3_620)));
    });

    it.each([
      ['it is cancelled', [tone(2)]],
      ['the call ends', [ended]],
    ])('never fires when %s', async (_, events) => {
      const { world, instance } = await armed();

      await instance.worker.record(CALL_KEY, { events });
      await world.comeToRest(instance);

      expect(await timers(instance)).toEqual(['silence#1 cancelled']);
      expect(world.provider.sent).toEqual([]);
      expect((await headOf(instance)).alarmAt).toBeNull();
      await expectReplays(world, CALL_KEY);
    });

    it('fires with the next event when that comes before the alarm', async () => {
      const { world, instance } = await armed();
      advance(world, 12);
      const note = received(
        callEvent(atSecond(9), { type: 'call.note', note: 'hold', conversationId: null }),
      );

      await instance.worker.record(CALL_KEY, { events: [note] });

      expect(await timers(instance)).toEqual(['silence#1 fired', 'next#1 armed']);
      await world.comeToRest(instance);
      expect(await states(instance)).toEqual(['once done', 'hangUp done']);
    });

    it('gets an alarm of its own only when it is due before the alarm that is awaited', async () => {
      const { world, instance } = await armed();
      await instance.worker.record(CALL_KEY, { events: [tone(1)] });
      expect(world.callAlarms.size).toBe(1);

      await instance.worker.record(CALL_KEY, { events: [tone(3)] });

      expect(world.callAlarms.size).toBe(2);
      expect((await headOf(instance)).alarmAt).toBe(atSecond(3_603));
      await world.comeToRest(instance);
      expect(await timers(instance)).toEqual(['silence#2 fired', 'short#1 fired']);
    });
  });

  describe('an alarm', () => {
    it('that is early, by a clock that differs, is put again', async () => {
      const { world, instance } = await armed();
      advance(world, 9);

      await instance.worker.visit(CALL_KEY, { rang: DUE_AT });

      expect(await timers(instance)).toEqual(['silence#1 armed']);
      expect(world.callAlarms.size).toBe(2);
    });

    it('that is early is put again, though it is taken with another one', async () => {
      const { world, instance } = await armed();
      advance(world, 9);
      const others = atSecond(3_601);

      await Promise.all([
        instance.worker.visit(CALL_KEY, { rang: others }),
        instance.worker.visit(CALL_KEY, { rang: DUE_AT }),
      ]);

      expect(await timers(instance)).toEqual(['silence#1 armed']);
      expect(world.callAlarms.size).toBe(2);
    });

    it('that is late fires all that is due, the one due first before the others', async () => {
      const { world, instance } = await armed();
      await instance.worker.record(CALL_KEY, { events: [tone(3)] });
      advance(world, 1_000);

      await world.comeToRest(instance);

      const journal = await instance.calls.journal(CALL_KEY);
      const fired = journal.flatMap(({ event }) => (event.type === 'timer.fired' ? [event.timerId] : []));
      expect(fired).toEqual(['short', 'silence', 'next']);
      expect(await states(instance)).toEqual(['once done', 'hangUp done']);
    });

    it.each([
      ['comes twice', DUE_AT],
      ['is of another time', atSecond(3_601)],
    ])('that %s does nothing, and costs a read at most', async (_, rang) => {
      const { world, instance } = await armed();
      advance(world, 10);
      await world.visit(instance);
      const before = instance.faults.requests.length;

      await instance.worker.visit(CALL_KEY, { rang });

      const operations = instance.faults.requests.slice(before).map(({ operation }) => operation);
      expect(operations).toEqual(['get']);
      expect(await states(instance)).toEqual(['once done']);
      await expectReplays(world, CALL_KEY);
    });

    it('that comes twice at once fires its timer once', async () => {
      const { world, instance } = await armed();
      const other = world.startInstance();
      advance(world, 10);

      await Promise.all([
        instance.worker.visit(CALL_KEY, { rang: DUE_AT }),
        other.worker.visit(CALL_KEY, { rang: DUE_AT }),
        instance.worker.visit(CALL_KEY, { rang: DUE_AT }),
      ]);

      expect(await timers(instance)).toEqual(['silence#1 fired', 'next#1 armed']);
      expect(world.provider.sent).toHaveLength(1);
      await expectReplays(world, CALL_KEY);
    });

    it('that is lost is made good by whoever comes next, and so is the one for the timer after it', async () => {
      const { world, instance } = await armed();
      await loseAlarm(world);

      await instance.worker.visit(CALL_KEY);

      expect(await timers(instance)).toEqual(['silence#1 fired', 'next#1 armed']);
      expect((await headOf(instance)).alarmAt).toBe(eventTimeOf(world.clock.nowMs + 30_000));
      expect(world.callAlarms.size).toBe(1);
      await world.comeToRest(instance);
      expect(await states(instance)).toEqual(['once done', 'hangUp done']);
    });

    it('that is lost holds up no timer that is armed after it was due', async () => {
      const { world, instance } = await armed();
      await instance.worker.record(CALL_KEY, { events: [tone(2)] });
      await loseAlarm(world);

      await instance.worker.record(CALL_KEY, {
        events: [{ ...tone(3), receivedAt: eventTimeOf(world.clock.nowMs) }],
      });

      expect(world.callAlarms.size).toBe(1);
      await world.comeToRest(instance);
      expect(await timers(instance)).toContain('short#1 fired');
    });

    it('is put for seven days at most, and then again', async () => {
      const days = 86_400_000;
      const world = new MemoryWorld({ decider: deciderOf({ connected: arm('long', 10 * 86_400) }) });
      const instance = world.startInstance();
      await instance.worker.record(CALL_KEY, { events: [connected] });

      world.clock.nowMs += 7 * days;
      expect(await world.visit(instance)).toBe(1);
      expect(await timers(instance)).toEqual(['long#1 armed']);
      world.clock.nowMs += 3 * days;
      expect(await world.visit(instance)).toBe(1);

      expect(await timers(instance)).toEqual(['long#1 fired']);
    });
  });
});

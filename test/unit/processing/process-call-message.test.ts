import { describe, expect, it } from 'vitest';
import { processCallMessage } from '../../../shared/processing/process-call-message.ts';
import { decodeCallMessage, encodeCallMessage } from '../../../shared/queues/call-message.ts';
import { connected, headOf, received, tone } from '../../support/acting.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { deciderOf } from '../../support/deciders.ts';
import { Crash, failWhere, refusal, unavailable } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

const INSERTED_AT = atSecond(3_600);
const timer = (timerId: string, afterMs: number) => ({ arm: [{ timerId, afterMs }] });

/** A call with a timer that is due after ten seconds, which arms another for long after its message is shown again. */
async function armed() {
  const decider = deciderOf({ connected: timer('first', 10_000), 'timer:first#1': timer('second', 600_000) });
  const world = new MemoryWorld({ decider });
  const instance = world.startInstance();
  await instance.worker.record(CALL_KEY, { events: [connected] });
  return { world, instance, text: encodeCallMessage({ callKey: CALL_KEY, alarmAt: atSecond(3_610) }) };
}

describe('processCallMessage', () => {
  it('looks at the call and does what is due', async () => {
    const { world, instance, text } = await armed();
    world.clock.nowMs += 10_000;

    await processCallMessage(instance, instance.callAlarms, { text, insertedAt: INSERTED_AT });

    expect((await headOf(instance)).call.timers).toMatchObject([
      { timerId: 'first', state: 'fired' },
      { timerId: 'second', state: 'armed' },
    ]);
  });

  it('does nothing for a call that is not known', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();

    const text = encodeCallMessage({ callKey: 'none' });
    await processCallMessage(instance, instance.callActions, { text, insertedAt: INSERTED_AT });

    expect(instance.faults.requests.map(({ operation }) => operation)).toEqual(['get']);
  });

  it.each(['', 'hello', '{}', JSON.stringify({ v: 2, callKey: 'c1' })])(
    'parks a message that is none of ours, as it is: %j',
    async text => {
      const instance = new MemoryWorld().startInstance();

      await processCallMessage(instance, instance.callActions, { text, insertedAt: INSERTED_AT });

      expect((await instance.parked.list({ limit: 10 })).items).toMatchObject([
        { reason: 'undecodable', kind: 'message', callKey: null, text, receivedAt: INSERTED_AT },
      ]);
    },
  );

  it('puts the message again, to come later each time, when storage fails for the moment', async () => {
    const { world, instance } = await armed();
    const isCalls = ({ port }: { readonly port: string }) => port === 'calls';
    instance.faults.plan = failWhere(isCalls, { error: unavailable(9_000) });
    const other = world.startInstance(instance.faults);
    const text = encodeCallMessage({ callKey: CALL_KEY, attempt: 3 });

    await processCallMessage(other, other.callActions, { text, insertedAt: INSERTED_AT });

    expect(await world.callActions.receive(1, 30)).toEqual([]);
    world.clock.nowMs += 9_000;
    const [message] = await world.callActions.receive(1, 30);
    expect(decodeCallMessage(message?.text ?? '')).toEqual({ callKey: CALL_KEY, attempt: 4 });
    expect(other.logged).toMatchObject([
      { name: 'messageDelayed', fields: { callKey: CALL_KEY, attempt: 3, delaySeconds: 9 } },
    ]);
  });

  it.each([{ alarmAt: atSecond(3_610) }, { hasLine: true }, { replays: 2 }])(
    'puts the message again with all that it says: %j',
    async told => {
      const { world, instance } = await armed();
      instance.faults.plan = failWhere(({ port }) => port === 'calls', { error: unavailable() });
      const other = world.startInstance(instance.faults);
      const text = encodeCallMessage({ callKey: CALL_KEY, ...told });

      await processCallMessage(other, other.callActions, { text, insertedAt: INSERTED_AT });

      world.clock.nowMs += 9_000;
      const [message] = await world.callActions.receive(1, 30);
      expect(decodeCallMessage(message?.text ?? '')).toEqual({ callKey: CALL_KEY, ...told, attempt: 1 });
    },
  );

  it('parks the message when storage refuses for good, since it would do so every time', async () => {
    const { world, instance, text } = await armed();
    world.clock.nowMs += 10_000;
    instance.faults.plan = failWhere(({ operation }) => operation === 'commit', {
      error: refusal(),
      times: 1,
    });
    const puts = world.callAlarms.size;

    await processCallMessage(instance, instance.callAlarms, { text, insertedAt: INSERTED_AT });

    expect((await instance.parked.list({ limit: 10 })).items).toMatchObject([
      { reason: 'refused', kind: 'message', callKey: CALL_KEY, text },
    ]);
    expect(world.callAlarms.size).toBe(puts);
  });

  it('fails when the message can be neither processed nor put again', async () => {
    const { instance, world, text } = await armed();
    world.clock.nowMs += 10_000;
    instance.faults.plan = failWhere(() => true);

    await expect(
      processCallMessage(instance, instance.callAlarms, { text, insertedAt: INSERTED_AT }),
    ).rejects.toThrow('503');
  });

  describe('an alarm that comes again', () => {
    it('puts the next alarm again, in case the one who armed it died before', async () => {
      const { world, instance } = await armed();
      world.clock.nowMs += 10_000;
      let isDying = false;
      instance.faults.plan = ({ port, operation }) => {
        if (isDying || (port === 'callAlarms' && operation === 'put')) {
          isDying = true;
          return { when: 'before', error: new Crash('gone') };
        }
        return undefined;
      };
      await world.visit(instance);
      const successor = world.startInstance();

      await world.comeToRest(successor);

      const { call } = await headOf(successor);
      expect(call.timers).toMatchObject([
        { timerId: 'first', state: 'fired' },
        { timerId: 'second', state: 'fired' },
      ]);
    });

    it('puts nothing when it is the first time, whatever alarm is awaited', async () => {
      const { world, instance, text } = await armed();
      await instance.worker.record(CALL_KEY, { events: [tone(1)] });
      const before = world.callAlarms.size;

      for (let time = 0; time < 3; time++)
        await processCallMessage(instance, instance.callAlarms, {
          text: text.replace('00:10', '00:04'),
          insertedAt: INSERTED_AT,
        });

      expect(world.callAlarms.size).toBe(before);
    });
  });

  it('takes an event of a call meanwhile for what it is', async () => {
    const { world, instance, text } = await armed();
    world.clock.nowMs += 10_000;
    const note = received(callEvent(atSecond(9), { type: 'call.note', note: 'hold', conversationId: null }));

    await Promise.all([
      instance.worker.record(CALL_KEY, { events: [note] }),
      processCallMessage(instance, instance.callAlarms, { text, insertedAt: INSERTED_AT }),
    ]);

    const journal = await instance.calls.journal(CALL_KEY);
    expect(journal.map(({ event }) => event.type)).toEqual(['call.connected', 'call.note', 'timer.fired']);
  });
});

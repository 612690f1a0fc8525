import { describe, expect, it } from 'vitest';
import type { ActionResult } from '../../../shared/actions/provider.ts';
import { endOf } from '../../../shared/domain/call.ts';
import { crashAt, Faults, failWhere, type PortRequest } from '../../support/faults.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { PacedCalls } from '../../support/paced-calls.ts';

const HOUR_MS = 3_600_000;

async function requested(...callKeys: readonly string[]) {
  const world = new MemoryWorld();
  const instance = world.startInstance();
  const calls = new PacedCalls(world);
  for (const callKey of callKeys) await calls.request(instance, callKey);
  return { world, instance, calls };
}

async function deliveryOf(instance: Instance, callKey: string) {
  return (await instance.calls.load(callKey))?.deliveries[`place-${callKey}`];
}

describe('CallWorker, with lines for each number', () => {
  it('places as many calls as a number has lines, and the next when one ends', async () => {
    const { world, instance, calls } = await requested('c1', 'c2', 'c3', 'c4');
    expect(calls.placed).toEqual(['c1', 'c2']);

    await calls.end(instance, 'c2');
    await world.visit(instance);
    expect(calls.placed).toEqual(['c1', 'c2', 'c3']);

    await calls.end(instance, 'c1');
    await world.visit(instance);
    expect(calls.placed).toEqual(['c1', 'c2', 'c3', 'c4']);
  });

  it('places every call that is on a line when one ends, where another line was free as well', async () => {
    const { world, instance, calls } = await requested('c1', 'c2', 'c3', 'c4');
    const { slots } = await instance.lines.page({ limit: 10, cursor: undefined });
    // As who dies between freeing a line and handing it on leaves it.
    for (const slot of slots.filter(({ callKey }) => callKey === 'c2')) await instance.lines.free(slot);

    await calls.end(instance, 'c1');
    await world.visit(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c3', 'c4']);
  });

  it('asks nobody while a call waits, for hours, and counts no tries', async () => {
    const { world, instance, calls } = await requested('c1', 'c2', 'c3');
    await world.comeToRest(instance);
    const before = instance.faults.requests.length;
    world.clock.nowMs += 5 * HOUR_MS;
    expect(await world.visit(instance)).toBe(0);
    expect(instance.faults.requests.length).toBe(before);

    await calls.end(instance, 'c1');
    await world.visit(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c3']);
    expect(await deliveryOf(instance, 'c3')).toMatchObject({ attempts: 1, generation: 1, isRepeat: false });
  });

  it('waits on, however often it is looked at in vain', async () => {
    const { world, instance, calls } = await requested('c1', 'c2', 'c3');
    for (let look = 0; look < 30; look++) {
      world.clock.nowMs += HOUR_MS;
      await instance.worker.visit('c3');
    }
    expect(await deliveryOf(instance, 'c3')).toMatchObject({ attempts: 0, waitsForLine: true });

    await calls.end(instance, 'c1');
    await world.visit(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c3']);
  });

  it('lets a call go that is hung up while it waits', async () => {
    const { world, instance, calls } = await requested('c1', 'c2', 'c3', 'c4');

    await calls.ask(instance, 'c3', 'hangUp');
    await calls.end(instance, 'c1');
    await world.comeToRest(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c4']);
    const call = (await instance.calls.load('c3'))?.call;
    expect(call && endOf(call)).not.toBeNull();
  });

  it.each<{ name: string; result: ActionResult }>([
    { name: 'is refused', result: { kind: 'refused', reason: 'r' } },
    { name: 'stays unknown', result: { kind: 'unclear', reason: 'r' } },
  ])('frees the line of a call whose placing $name', async ({ result }) => {
    const { world, instance, calls } = await requested('c1');
    const { answer } = world.provider;
    world.provider.answer = (request, sends) => (request.callKey === 'c2' ? result : answer(request, sends));

    await calls.request(instance, 'c2');
    await calls.request(instance, 'c3');
    await world.comeToRest(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c3']);
  });

  it('keeps the line of a call that ACS puts off, which is no try in vain', async () => {
    const { world, instance, calls } = await requested('c1');
    const { answer } = world.provider;
    world.provider.answer = (request, sends) =>
      request.callKey === 'c2' && sends < 3
        ? { kind: 'notNow', reason: 'throttled' }
        : answer(request, sends);
    await calls.request(instance, 'c2');
    await calls.request(instance, 'c3');

    await world.comeToRest(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c2', 'c2']);
  });

  it.each([
    { name: 'users are called, no telephones', change: { to: ['8:acs:b'] } },
    { name: 'there is no caller id', change: { callerId: undefined } },
  ])('takes no line where $name', async ({ change }) => {
    const { world, instance, calls } = await requested();
    calls.members = change;
    for (const callKey of ['c1', 'c2', 'c3']) await calls.request(instance, callKey);

    expect(calls.placed).toEqual(['c1', 'c2', 'c3']);
    expect((await world.tables.index.list({ partition: { from: 'line~', to: 'line~~' } })).rows).toEqual([]);
  });

  it('tries again where the line could not be taken, without having sent anything', async () => {
    const { world, instance, calls } = await requested();
    instance.faults.plan = failWhere(({ port }) => port === 'lines', { times: 1 });

    await calls.request(instance, 'c1');
    expect(calls.placed).toEqual([]);

    await world.comeToRest(instance);
    expect(calls.placed).toEqual(['c1']);
  });

  it('repeats no placing without a line, whose first sender died before it had one', async () => {
    const world = new MemoryWorld({ policies: { placeCall: 'repeatable' } });
    const calls = new PacedCalls(world);
    const asksForLine = ({ port }: PortRequest) => port === 'lines';
    const mortal = world.startInstance(
      new Faults({
        plan: request => (asksForLine(request) ? crashAt(request.number, 'before')(request) : undefined),
      }),
    );
    await calls.request(mortal, 'c1').catch(() => undefined);
    const heir = world.startInstance();
    for (const callKey of ['c2', 'c3']) await calls.request(heir, callKey);

    world.clock.nowMs += 130_000;
    await heir.worker.visit('c1');
    expect(calls.placed).toEqual(['c2', 'c3']);

    await calls.end(heir, 'c2');
    await world.visit(heir);
    expect(calls.placed).toEqual(['c2', 'c3', 'c1']);
  });

  it.each(['before', 'after'] as const)(
    'misses no line that is freed %s any request of a call that finds none',
    async when => {
      for (let number = 1, wasFreed = true; wasFreed; number++) {
        const { world, instance, calls } = await requested('c1', 'c2');
        wasFreed = false;
        const gate = async ({ number: asked }: PortRequest, moment: string) => {
          if (asked !== number || moment !== when) return;
          wasFreed = true;
          await calls.end(instance, 'c1');
          await world.visit(instance);
        };
        const late = world.startInstance(new Faults({ gate }));

        await calls.request(late, 'c3');
        if (!wasFreed) await calls.end(instance, 'c1');
        // At once: by no message that lets it try again later, and without the sweep.
        await world.visit(instance);

        expect(calls.placed, `${when} ${number}`).toEqual(['c1', 'c2', 'c3']);
      }
    },
  );

  it('frees the line of a call that is looked at and over, whose end was recorded by a process that died', async () => {
    const { world, instance, calls } = await requested('c1', 'c2', 'c3');
    const isFreeing = ({ port }: PortRequest) => port === 'lines';
    const dying = world.startInstance(new Faults({ plan: failWhere(isFreeing) }));
    await expect(calls.end(dying, 'c1')).rejects.toThrow('503');

    await instance.worker.visit('c1');
    await world.visit(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c3']);
  });

  it('tells a call of its line by the sweep when the message is lost', async () => {
    const { world, instance, calls } = await requested('c1', 'c2', 'c3');
    await calls.end(instance, 'c1');
    for (const message of await world.callActions.receive(32, 30)) await world.callActions.delete(message);

    await calls.sweep(instance);
    expect(world.callActions.size).toBe(0);
    world.clock.nowMs += 60_000;
    await calls.sweep(instance);
    await world.visit(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c3']);
  });

  it.each(['ended', 'was erased'])('frees by the sweep what a call holds that %s', async how => {
    const { world, instance, calls } = await requested('c1', 'c2', 'c3');
    instance.faults.plan = failWhere(({ port }) => port === 'lines');
    if (how === 'ended') await calls.end(instance, 'c1').catch(() => undefined);
    else await world.tables.calls.commit('c1', [{ kind: 'delete', rowKey: '!' }]);
    instance.faults.plan = () => undefined;

    await calls.sweep(instance);
    await world.visit(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c3']);
  });

  it('is not held up by calls that wait and are no more', async () => {
    const { world, instance, calls } = await requested('c1', 'c2', 'c3', 'c4');
    await world.tables.calls.commit('c3', [{ kind: 'delete', rowKey: '!' }]);

    await calls.end(instance, 'c1');
    await world.visit(instance);
    await calls.sweep(instance);
    await world.visit(instance);

    expect(calls.placed).toEqual(['c1', 'c2', 'c4']);
  });

  it.each(['before', 'after'] as const)(
    'places every call once, two at a time, whatever request a process dies %s',
    async when => {
      for (let number = 1, didDie = true; didDie; number++) {
        const world = new MemoryWorld();
        const calls = new PacedCalls(world);
        const mortal = world.startInstance(new Faults({ plan: crashAt(number, when) }));
        await live(calls, mortal).catch(() => undefined);
        didDie = mortal.faults.requests.length >= number;

        const heir = world.startInstance();
        for (let round = 0; round < 12; round++) await recover(calls, heir);

        expect(new Set(calls.placed).size).toBe(calls.placed.length);
        expect(await calls.lines()).toEqual({ held: 0, waiting: 0 });
        for (const callKey of KEYS) await expectSettled(calls, heir, callKey);
      }
    },
  );
});

const KEYS = ['c1', 'c2', 'c3', 'c4'] as const;

async function live(calls: PacedCalls, instance: Instance): Promise<void> {
  for (const callKey of KEYS) await calls.request(instance, callKey);
  await calls.end(instance, 'c1');
  await calls.world.visit(instance);
  await calls.end(instance, 'c2');
  await calls.world.visit(instance);
}

/** What was left comes again, others go on, and the calls that are out end. */
async function recover(calls: PacedCalls, heir: Instance): Promise<void> {
  for (const callKey of KEYS)
    if ((await heir.calls.load(callKey)) === undefined) await calls.request(heir, callKey);
  calls.world.clock.nowMs += 120_000;
  await calls.world.comeToRest(heir);
  for (const callKey of KEYS) await heir.worker.visit(callKey);
  await calls.sweep(heir);
  const out = await calls.out(heir);
  expect(out.length).toBeLessThanOrEqual(2);
  for (const callKey of out) await calls.end(heir, callKey);
}

/** What was claimed by the process that died is placed by no other: it may have been. */
async function expectSettled(calls: PacedCalls, heir: Instance, callKey: string): Promise<void> {
  const call = (await heir.calls.load(callKey))?.call;
  expect(call?.state).toBe('disconnected');
  const possible = calls.placed.includes(callKey) ? ['done', 'unknown'] : ['unknown'];
  expect(possible).toContain(call?.actions[0]?.state);
}

import { describe, expect, it } from 'vitest';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { parkGivenUp } from '../../../shared/processing/park-given-up.ts';
import { receiveCallback } from '../../../shared/processing/receive-callback.ts';
import { replayParked } from '../../../shared/processing/replay-parked.ts';
import type { Parked, ParkedItem } from '../../../shared/store/parked-store.ts';
import { eventsOf, nineElements, RECEIVED_AT, textOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';
import { Faults, failWhere, refusal } from '../../support/faults.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { noise } from '../../support/noise.ts';
import { CALL_LEG_ID, element } from '../../support/preview-2021-04-elements.ts';

async function onlyParked({ parked }: Instance): Promise<ParkedItem> {
  const { items } = await parked.list({ limit: 10 });
  const [item] = items;
  if (item === undefined || items.length > 1) throw new Error(`${items.length} things are parked.`);
  return item;
}

async function parkElement(instance: Instance, value: unknown, about: Partial<Parked> = {}) {
  await instance.parked.park({
    reason: 'refused',
    detail: 'why',
    pointer: null,
    kind: 'element',
    callKey: CALL_KEY,
    receivedAt: RECEIVED_AT,
    text: JSON.stringify(value),
    ...about,
  });
  return onlyParked(instance);
}

describe('replayParked', () => {
  it('records what storage refused before, and parks it no longer', async () => {
    const world = new MemoryWorld();
    const refusing = world.startInstance(
      new Faults({ plan: failWhere(({ port }) => port === 'calls', { error: refusal() }) }),
    );
    await refusing.processor.process(textOf(CALL_KEY, nineElements()), RECEIVED_AT);
    const instance = world.startInstance();

    for (const item of (await instance.parked.list({ limit: 100 })).items)
      expect(await replayParked(instance, item)).toBeUndefined();
    await world.workOff(instance);

    await expectRecorded(world.tables, CALL_KEY, eventsOf(nineElements()));
    expect((await instance.parked.list({ limit: 10 })).items).toEqual([]);
  });

  it('records a message that the host gave up on, once, though most of it was recorded before', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    await instance.processor.process(textOf(CALL_KEY, nineElements().slice(0, 7)), RECEIVED_AT);
    await parkGivenUp(instance, textOf(CALL_KEY, nineElements(), 3), atSecond(900));

    expect(await replayParked(instance, await onlyParked(instance))).toBeUndefined();
    await world.workOff(instance);

    await expectRecorded(world.tables, CALL_KEY, eventsOf(nineElements()));
  });

  it('finds the call of an event that came without a key by its wire id', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    const item = await parkElement(instance, nineElements()[0], { callKey: null });

    expect(await replayParked(instance, item)).toBeUndefined();
    await world.workOff(instance);

    await expectRecorded(world.tables, callKeyOf(CALL_LEG_ID), eventsOf(nineElements().slice(0, 1)));
  });

  it.each<{ name: string; value: unknown; about?: Partial<Parked>; detail: RegExp }>([
    {
      name: 'names another call',
      value: nineElements()[0],
      about: { reason: 'foreignId' },
      detail: /another id/,
    },
    { name: 'is no event', value: { hello: 'world' }, detail: /no event of a known dialect/ },
    { name: 'is malformed', value: element('CallLegStateChanged', {}), detail: /still malformed/ },
    {
      name: 'says nowhere which call it belongs to',
      value: {
        eventType: 'Microsoft.Communication.CallLegStateChanged',
        eventTime: atSecond(0),
        data: { CallState: 'Established' },
      },
      about: { callKey: null },
      detail: /which call/,
    },
    {
      name: 'is too large',
      value: { ...(nineElements()[0] as object), metadata: noise(90_000) },
      about: { reason: 'tooLarge' },
      detail: /larger than a queue message/,
    },
    {
      name: 'is a text that is no message',
      value: null,
      about: { kind: 'message', text: 'hello', reason: 'undecodable' },
      detail: /no message/,
    },
  ])('says why, and keeps it parked, when the thing $name', async ({ value, about = {}, detail }) => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    const item = await parkElement(instance, value, about);

    const problem = await replayParked(instance, item);

    expect(problem).toMatchObject({ status: 409, detail: expect.stringMatching(detail) as unknown });
    expect(world.callEvents.size).toBe(0);
    expect(await onlyParked(instance)).toEqual(item);
  });

  it('points at what is still malformed', async () => {
    const instance = new MemoryWorld().startInstance();
    const item = await parkElement(instance, element('CallLegStateChanged', {}));

    expect(await replayParked(instance, item)).toMatchObject({ errors: [{ pointer: '/data/CallState' }] });
  });

  it('takes what was received without a dialect that reads it, once there is one', async () => {
    const instance = new MemoryWorld().startInstance();
    await receiveCallback(instance, {
      callKey: CALL_KEY,
      body: JSON.stringify([nineElements()[0], { hello: 'world' }]),
      receivedAt: RECEIVED_AT,
      traceparent: null,
    });

    expect(await replayParked(instance, await onlyParked(instance))).toMatchObject({ status: 409 });
  });

  it.each(['callEvents', 'parked'])(
    'keeps or repeats the thing, and loses nothing, when %s fails',
    async port => {
      const world = new MemoryWorld();
      const instance = world.startInstance();
      const item = await parkElement(instance, nineElements()[0]);
      instance.faults.plan = failWhere(request => request.port === port, { times: 1 });

      await expect(replayParked(instance, item)).rejects.toThrow('503');
      expect(await onlyParked(instance)).toEqual(item);

      expect(await replayParked(instance, item)).toBeUndefined();
      await world.workOff(instance);
      await expectRecorded(world.tables, CALL_KEY, eventsOf(nineElements().slice(0, 1)));
    },
  );
});

import { describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../../shared/clock.ts';
import { parkGivenUp } from '../../../shared/processing/park-given-up.ts';
import { sweep } from '../../../shared/processing/sweep.ts';
import { eventsOf, nineElements, textOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { Faults, failWhere } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

describe('sweep', () => {
  it('parks all that lies in the poison queue, as it is, and empties it', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    await world.callEventsPoison.put(textOf(CALL_KEY, nineElements()));
    await world.callEventsPoison.putRaw('no base64!');
    await world.callEventsPoison.putRaw('/w==');

    await sweep(instance);

    const { items } = await instance.parked.list({ limit: 10 });
    const insertedAt = eventTimeOf(world.clock.nowMs);
    expect(
      items
        .map(({ reason, kind, callKey, text, receivedAt }) => ({ reason, kind, callKey, text, receivedAt }))
        .toSorted((a, b) => (a.text < b.text ? -1 : 1)),
    ).toEqual([
      { reason: 'undecodable', kind: 'message', callKey: null, text: '/w==', receivedAt: insertedAt },
      { reason: 'undecodable', kind: 'message', callKey: null, text: 'no base64!', receivedAt: insertedAt },
      {
        reason: 'gaveUp',
        kind: 'message',
        callKey: CALL_KEY,
        text: textOf(CALL_KEY, nineElements()),
        receivedAt: insertedAt,
      },
    ]);
    expect(world.callEventsPoison.size).toBe(0);
    expect(instance.logged.at(-1)).toMatchObject({ name: 'swept', fields: { parked: 3, tidied: 0 } });
  });

  it('empties a poison queue of more than one receive', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    for (let number = 0; number < 100; number++) await world.callEventsPoison.put(`message ${number}`);

    await sweep(instance);

    expect(world.callEventsPoison.size).toBe(0);
    expect((await instance.parked.list({ limit: 500 })).items).toHaveLength(100);
  });

  it('tidies the list of open calls', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    await instance.calls.commit(CALL_KEY, eventsOf(nineElements()));

    await sweep(instance);

    expect((await world.tables.index.list({ partition: 'open' })).rows).toEqual([]);
    expect(instance.logged).toMatchObject([{ name: 'swept', fields: { parked: 0, tidied: 1 } }]);
  });

  it('says nothing when there is nothing to do', async () => {
    const instance = new MemoryWorld().startInstance();

    await sweep(instance);

    expect(instance.logged).toEqual([]);
  });

  it.each(['parked', 'callEventsPoison'])('loses no message when %s fails, and parks it once', async port => {
    const world = new MemoryWorld();
    const plan = failWhere(request => request.port === port && request.operation !== 'receive', {
      when: 'after',
      times: 1,
    });
    const instance = world.startInstance(new Faults({ plan }));
    await world.callEventsPoison.putRaw('no base64!');
    await expect(sweep(instance)).rejects.toThrow('503');

    world.clock.nowMs += 61_000;
    await sweep(instance);

    expect((await instance.parked.list({ limit: 10 })).items).toHaveLength(1);
    expect(world.callEventsPoison.size).toBe(0);
  });

  it('parks what the trigger of the poison queue parked already as the same thing', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    await world.callEventsPoison.put('hello');
    await parkGivenUp(instance, 'hello', eventTimeOf(world.clock.nowMs));

    await sweep(instance);

    expect((await instance.parked.list({ limit: 10 })).items).toHaveLength(1);
  });
});

describe('parkGivenUp', () => {
  it.each([
    '',
    'hello',
    JSON.stringify({ v: 1, callKey: 'a'.repeat(40_000) }),
    textOf(CALL_KEY, nineElements()).replace(CALL_KEY, 'a'.repeat(40_000)),
    '\ufffd'.repeat(49_000),
  ])('never fails for what a message holds: %.30j', async text => {
    const instance = new MemoryWorld().startInstance();

    await parkGivenUp(instance, text, atSecond(1));

    expect((await instance.parked.list({ limit: 10 })).items).toMatchObject([
      { text, reason: 'undecodable', callKey: null },
    ]);
  });
});

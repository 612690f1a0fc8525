import { describe, expect, it } from 'vitest';
import { drainPoison } from '../../../shared/processing/drain-poison.ts';
import { sweep } from '../../../shared/processing/sweep.ts';
import { nineElements, textOf } from '../../support/call-elements.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { Faults, failWhere } from '../../support/faults.ts';
import { UpkeepWorld } from '../../support/upkeep-world.ts';

describe('drainPoison', () => {
  it('parks all that lies in the queue, as it is, and empties it', async () => {
    const world = new UpkeepWorld();
    const [poison] = world.queues.poison;
    await poison.put(textOf(CALL_KEY, nineElements()));
    await poison.putRaw('no base64!');
    await poison.putRaw('/w==');
    const ports = world.start();

    expect(await drainPoison(ports, poison)).toBe(3);

    const { items } = await ports.parked.list({ limit: 10 });
    const common = { kind: 'message', receivedAt: world.now };
    expect(items.toSorted((a, b) => (a.text < b.text ? -1 : 1))).toMatchObject([
      { ...common, reason: 'undecodable', callKey: null, text: '/w==' },
      { ...common, reason: 'undecodable', callKey: null, text: 'no base64!' },
      { ...common, reason: 'gaveUp', callKey: CALL_KEY, text: textOf(CALL_KEY, nineElements()) },
    ]);
    expect(poison.size).toBe(0);
  });

  it('empties a queue of more than one receive', async () => {
    const world = new UpkeepWorld();
    const [poison] = world.queues.poison;
    for (let number = 0; number < 100; number++) await poison.put(`message ${number}`);

    expect(await drainPoison(world.start(), poison)).toBe(100);

    expect(poison.size).toBe(0);
    expect((await world.start().parked.list({ limit: 500 })).items).toHaveLength(100);
  });

  it.each(['parked', 'poison0'])('loses no message when %s fails, and parks it once', async port => {
    const world = new UpkeepWorld();
    const [poison] = world.queues.poison;
    const plan = failWhere(request => request.port === port && request.operation !== 'receive', {
      when: 'after',
      times: 1,
    });
    const ports = world.start(new Faults({ plan }));
    await poison.putRaw('no base64!');
    await expect(sweep(ports)).rejects.toThrow('503');

    world.clock.nowMs += 61_000;
    await sweep(ports);

    expect((await ports.parked.list({ limit: 10 })).items).toHaveLength(1);
    expect(poison.size).toBe(0);
  });
});

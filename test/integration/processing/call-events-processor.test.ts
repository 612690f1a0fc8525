import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { eventTimeOf } from '../../../shared/clock.ts';
import { receiveCallback } from '../../../shared/processing/receive-callback.ts';
import { AzureWorld } from '../../support/azure-world.ts';
import { eventsOf, nineElements, RECEIVED_AT } from '../../support/call-elements.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';

const CALLS = 20;
const DEADLINE_MS = 25_000;

type Instance = ReturnType<AzureWorld['startInstance']>;

/** The same shuffle on every run. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  let state = seed;
  const result = [...items];
  for (let index = result.length - 1; index > 0; index--) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = (state >>> 16) % (index + 1);
    [result[index], result[other]] = [result[other] as Item, result[index] as Item];
  }
  return result;
}

/** Takes messages as the host does, 16 at once, until the test says that it is over. */
async function workUntil(instance: Instance, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const messages = await instance.callEvents.receive(16, 30);
    if (messages.length === 0) await delay(50);
    await Promise.all(
      messages.map(async message => {
        await instance.processor.process(message.text ?? '', eventTimeOf(message.insertedAt.getTime()));
        await instance.callEvents.delete(message);
      }),
    );
  }
}

describe('CallEventsProcessor on Azure Storage', () => {
  let world: AzureWorld;
  beforeAll(async () => {
    world = new AzureWorld(inject('storageConnectionString'));
    await world.prepare();
  });

  it('records a shuffled burst of 20 calls with duplicates once, in two processes', async () => {
    const keys = Array.from({ length: CALLS }, (_, index) => `cBurst${index}`);
    const deliveries = keys.flatMap((callKey, index) => {
      const elements = nineElements(`leg-of-${callKey}`);
      // Every third event is delivered again.
      return [...elements, ...elements.filter((_, place) => (place + index) % 3 === 0)].map(element => ({
        callKey,
        element,
      }));
    });
    const instances = [world.startInstance(), world.startInstance()];
    const sender = world.startInstance();
    const counted = () =>
      instances.flatMap(({ logged }) => logged).filter(({ name }) => name === 'eventsCommitted').length;
    const deadline = Date.now() + DEADLINE_MS;
    const workers = instances.map(instance =>
      workUntil(instance, () => counted() >= deliveries.length || Date.now() > deadline),
    );

    for (const { callKey, element } of shuffled(deliveries, 7)) {
      const body = JSON.stringify(element);
      const result = await receiveCallback(sender, {
        callKey,
        body,
        receivedAt: RECEIVED_AT,
        traceparent: null,
      });
      expect(result.ok).toBe(true);
    }
    await Promise.all(workers);

    expect(counted()).toBe(deliveries.length);
    for (const callKey of keys)
      await expectRecorded(world.tables, callKey, eventsOf(nineElements(`leg-of-${callKey}`)));
    expect((await sender.parked.list({ limit: 10 })).items).toEqual([]);
    for (const instance of instances) expect(instance.logged.length).toBeGreaterThan(0);
  });
});

import { beforeAll, describe, expect, inject, it } from 'vitest';
import { eventTimeOf } from '../../../shared/clock.ts';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { receiveCallback } from '../../../shared/processing/receive-callback.ts';
import { AzureWorld } from '../../support/azure-world.ts';
import { RECEIVED_AT } from '../../support/call-elements.ts';
import { ODD_EVENTS } from '../../support/odd-events.ts';

describe('odd events on Azure Storage', () => {
  let world: AzureWorld;
  beforeAll(async () => {
    world = new AzureWorld(inject('storageConnectionString'));
    await world.prepare();
  });

  it.each(ODD_EVENTS)('are recorded as they came where they hold $name', async ({ elements, wireId }) => {
    const instance = world.startInstance();
    const [unknown, roster] = elements;
    const malformed = { ...roster, time: wireId };
    const receipt = { callKey: undefined, receivedAt: RECEIVED_AT, traceparent: null };

    const result = await receiveCallback(instance, {
      ...receipt,
      body: JSON.stringify([...elements, malformed]),
    });
    expect(result).toMatchObject({ ok: true, received: { accepted: 4, parked: [{ pointer: '/4/time' }] } });
    for (const message of await instance.callEvents.receive(16, 30)) {
      await instance.processor.process(message.text ?? '', eventTimeOf(message.insertedAt.getTime()));
      await instance.callEvents.delete(message);
    }

    const journal = (await instance.calls.journal(callKeyOf(wireId))).map(({ event }) => event);
    expect(journal).toHaveLength(4);
    expect(journal[0]).toMatchObject({ type: 'unknown', wireId, raw: unknown });
    expect((await instance.calls.load(callKeyOf(wireId)))?.call.wireId).toBe(wireId);
    const { items } = await instance.parked.list({ limit: 100 });
    expect(items.map(({ text }) => text)).toContain(JSON.stringify(malformed));
  });
});

import { describe, expect, it } from 'vitest';
import { eventsOf, nineElements } from '../../support/call-elements.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';
import { failWhere } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

describe('CallStore', () => {
  it('repairs the index when a redelivered event is committed together with a new one', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    const [first, second, ...others] = eventsOf(nineElements());
    if (first === undefined || second === undefined) throw new Error('too few');
    instance.faults.plan = failWhere(({ port }) => port === 'index');
    await expect(instance.calls.commit(CALL_KEY, [first])).rejects.toThrow('503');
    instance.faults.plan = () => undefined;

    await instance.calls.commit(CALL_KEY, [first, second]);
    await expectRecorded(world.tables, CALL_KEY, [first, second]);
    expect(others).toHaveLength(7);
  });
});

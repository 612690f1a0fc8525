import { describe, expect, it } from 'vitest';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { findCall } from '../../../shared/processing/find-call.ts';
import { eventsOf, nineElements } from '../../support/call-elements.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { MemoryWorld } from '../../support/memory-world.ts';
import { CALL_LEG_ID } from '../../support/preview-2021-04-elements.ts';

describe('findCall', () => {
  it.each([
    { name: 'its key', callKey: CALL_KEY, id: CALL_KEY },
    { name: 'its wire id, when the key is ours', callKey: CALL_KEY, id: CALL_LEG_ID },
    {
      name: 'its wire id, when the key is made from it',
      callKey: callKeyOf(CALL_LEG_ID),
      id: CALL_LEG_ID,
    },
    {
      name: 'a key made from its wire id',
      callKey: callKeyOf(CALL_LEG_ID),
      id: callKeyOf(CALL_LEG_ID),
    },
  ])('finds a call by $name', async ({ callKey, id }) => {
    const instance = new MemoryWorld().startInstance();
    await instance.calls.commit(callKey, { events: eventsOf(nineElements()) });
    const before = instance.faults.requests.length;

    expect((await findCall(instance, id))?.call.callKey).toBe(callKey);
    expect(instance.faults.requests.length - before).toBeLessThanOrEqual(3);
  });

  it.each(['', 'none', 'a/b\\c#d?e', "' or 1 eq 1", '\ud800', 'x'.repeat(5_000)])(
    'is undefined for an id that no call has: %.20j',
    async id => {
      const instance = new MemoryWorld().startInstance();
      await instance.calls.commit(CALL_KEY, { events: eventsOf(nineElements()) });

      expect(await findCall(instance, id)).toBeUndefined();
    },
  );
});

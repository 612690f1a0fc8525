import { describe, expect, it } from 'vitest';
import { replayParked } from '../../../shared/processing/replay-parked.ts';
import { encodeCallMessage } from '../../../shared/queues/call-message.ts';
import { UpkeepWorld } from '../../support/upkeep-world.ts';

describe('replayParked', () => {
  it('puts an alarm or a nudge into the queue of actions, as a look at its call', async () => {
    const world = new UpkeepWorld();
    const ports = world.start();
    const text = encodeCallMessage({ callKey: 'c1', alarmAt: world.now, attempt: 8, replays: 3 });
    const thing = world.parkedThing({ reason: 'gaveUp', kind: 'message', callKey: 'c1', text });
    const parkedId = await ports.parked.park(thing);
    const item = await ports.parked.get(parkedId);
    if (item === undefined) throw new Error('It is not parked.');

    expect(await replayParked(ports, item)).toBeUndefined();

    const [message] = await world.queues.callActions.receive(1, 30);
    expect(JSON.parse(message?.text ?? '')).toEqual({ v: 1, callKey: 'c1' });
    expect(await ports.parked.get(parkedId)).toBeUndefined();
  });
});

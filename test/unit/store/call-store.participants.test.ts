import { describe, expect, it } from 'vitest';
import { eventsOf, rosterOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';
import { Crash, Faults, type PortRequest } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';
import { stateChanged } from '../../support/preview-2021-04-elements.ts';

const isCallCommit = ({ operation, port }: PortRequest) => operation === 'commit' && port === 'calls';

describe('CallStore', () => {
  describe('many participants', () => {
    it.each([1, 59, 60, 88, 89, 90, 178, 179, 350])('have each a row when there are %i', async count => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      const events = eventsOf([rosterOf(count, 5)]);

      await calls.commit(CALL_KEY, { events });

      await expectRecorded(world.tables, CALL_KEY, events);
      const fitsOne = count <= 88;
      expect(faults.count(isCallCommit)).toBe(fitsOne ? 1 : 1 + Math.ceil(count / 89));
      expect(
        faults.requests.every(({ rowKeys }) => (rowKeys?.length ?? 0) <= 90),
        'no transaction of more than 90 rows',
      ).toBe(true);
    });

    it('all leave when the call ends', async () => {
      const world = new MemoryWorld();
      const { calls } = world.startInstance();
      const events = eventsOf([rosterOf(350, 5), stateChanged('Terminated', atSecond(60))]);

      for (const event of events) await calls.commit(CALL_KEY, { events: [event] });

      await expectRecorded(world.tables, CALL_KEY, events);
    });

    it('are written by whoever commits next, when a newer roster comes in between', async () => {
      const world = new MemoryWorld();
      const one = world.startInstance();
      const other = world.startInstance();
      const [before, after] = [eventsOf([rosterOf(350, 5)]), eventsOf([rosterOf(200, 9)])];
      let parts = 0;
      one.faults.plan = request => {
        if (!isCallCommit(request)) return undefined;
        parts += 1;
        return parts === 3 ? { when: 'before', error: new Crash('gone in the middle') } : undefined;
      };
      await expect(one.calls.commit(CALL_KEY, { events: before })).rejects.toThrow('gone');

      await other.calls.commit(CALL_KEY, { events: after });
      await other.calls.commit(CALL_KEY, { events: before });

      await expectRecorded(world.tables, CALL_KEY, [...before, ...after]);
    });

    it('show the newest roster when an older one is still being written', async () => {
      const world = new MemoryWorld();
      const other = world.startInstance();
      const [older, newer] = [eventsOf([rosterOf(350, 5)]), eventsOf([rosterOf(120, 9)])];
      let parts = 0;
      const gate = async () => {
        parts += 1;
        // After the head's own transaction and two parts of the participants.
        if (parts === 8) await other.calls.commit(CALL_KEY, { events: newer });
      };
      const one = world.startInstance(new Faults({ gate }));

      await expect(one.calls.commit(CALL_KEY, { events: older })).rejects.toMatchObject({ transient: true });
      await one.calls.commit(CALL_KEY, { events: older });

      await expectRecorded(world.tables, CALL_KEY, [...older, ...newer]);
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { CallIndex } from '../../../shared/store/call-index.ts';
import { CallStore } from '../../../shared/store/call-store.ts';
import { HEAD_ROW } from '../../../shared/store/keys.ts';
import { StorageError } from '../../../shared/store/storage-error.ts';
import { eventsOf, nineElements, rosterOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';
import {
  Crash,
  crashAt,
  Faults,
  failAt,
  failWhere,
  type PortRequest,
  refusal,
} from '../../support/faults.ts';
import { FaultyTable } from '../../support/faulty-table.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { CALL_LEG_ID, dtmfReceived, element, stateChanged } from '../../support/preview-2021-04-elements.ts';

const NINE = eventsOf(nineElements());

function nth(events: readonly CallEvent[], index: number): CallEvent {
  const event = events[index];
  if (event === undefined) throw new RangeError(`There is no event ${index}.`);
  return event;
}

const isHeadRead = ({ operation, rowKeys }: { operation: string; rowKeys?: readonly string[] }) =>
  operation === 'get' && rowKeys?.[0] === HEAD_ROW;
const isJournalRead = ({ operation, rowKeys }: { operation: string; rowKeys?: readonly string[] }) =>
  operation === 'get' && rowKeys?.[0]?.startsWith('j~') === true;
const isCallCommit = ({ operation, port }: { operation: string; port: string }) =>
  operation === 'commit' && port === 'calls';

/** Commits again and again, as redeliveries of one message would, until nothing goes wrong. */
async function commitUntilDone(instance: Instance, callKey: string, events: readonly CallEvent[]) {
  for (let tries = 0; tries < 10; tries++) {
    try {
      return await instance.calls.commit(callKey, events);
    } catch (error) {
      if (!(error instanceof StorageError && error.transient)) throw error;
    }
  }
  throw new Error('It never goes well.');
}

describe('CallStore', () => {
  describe('commit', () => {
    it('records events one by one with one read and one transaction for each', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();

      for (const event of NINE) await calls.commit(CALL_KEY, [event]);

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(faults.count(({ port, operation }) => port === 'calls' && operation === 'get')).toBe(1);
      expect(faults.count(isCallCommit)).toBe(9);
      // By day and among the open ones at the start, by its wire id, and the mark of its end.
      expect(faults.count(({ port }) => port === 'index')).toBe(4);
    });

    it('records a batch in one transaction', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();

      const committed = await calls.commit(CALL_KEY, NINE);

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(faults.count(isCallCommit)).toBe(1);
      expect(committed).toMatchObject({ events: 9, duplicates: 0, foreign: [], conflicts: 0 });
      expect(committed.head.call.state).toBe('disconnected');
    });

    it('counts an event once when a batch has it twice', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();

      const committed = await calls.commit(CALL_KEY, [...NINE, ...NINE]);

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(committed).toMatchObject({ events: 18, duplicates: 9, conflicts: 0 });
      expect(faults.count(isJournalRead)).toBe(0);
    });

    it('counts an event once when it comes again later, beside new ones', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      await calls.commit(CALL_KEY, NINE.slice(0, 5));

      const committed = await calls.commit(CALL_KEY, NINE.slice(2));

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(committed).toMatchObject({ events: 7, duplicates: 3 });
      expect(faults.count(isJournalRead)).toBe(7);
    });

    it('costs one refused transaction and one read of the journal when all of it is known', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      await calls.commit(CALL_KEY, NINE);
      const before = faults.requests.length;

      await calls.commit(CALL_KEY, [nth(NINE, 4)]);

      const operations = faults.requests.slice(before).map(({ port, operation }) => `${port} ${operation}`);
      expect(operations).toEqual(['calls commit', 'calls get']);
    });

    it('reads the head again, and no journal, when another process was first', async () => {
      const world = new MemoryWorld();
      const [one, other] = [world.startInstance(), world.startInstance()];
      await one.calls.commit(CALL_KEY, NINE.slice(0, 2));
      await other.calls.commit(CALL_KEY, NINE.slice(2, 4));
      const reads = one.faults.count(isHeadRead);

      const committed = await one.calls.commit(CALL_KEY, NINE.slice(4));

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(committed).toMatchObject({ conflicts: 1, duplicates: 0 });
      expect(one.faults.count(isHeadRead) - reads).toBe(1);
      expect(one.faults.count(isJournalRead)).toBe(0);
    });

    it('records everything once when two processes take turns on one call with the same events', async () => {
      const world = new MemoryWorld();
      const [one, other] = [world.startInstance(), world.startInstance()];

      for (const [index, event] of NINE.entries()) {
        const [first, second] = index % 2 === 0 ? [one, other] : [other, one];
        await first.calls.commit(CALL_KEY, [event]);
        await second.calls.commit(CALL_KEY, [event]);
      }

      await expectRecorded(world.tables, CALL_KEY, NINE);
    });

    it('gives up as transient when others are always first', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      faults.plan = request =>
        isCallCommit(request) ? { conflict: { ok: false, conflict: 'changed', index: 0 } } : undefined;

      await expect(calls.commit(CALL_KEY, NINE)).rejects.toMatchObject({
        name: 'StorageError',
        transient: true,
      });
      expect(faults.count(isCallCommit)).toBe(12);
    });

    it('pauses longer before each try against others', async () => {
      const world = new MemoryWorld();
      const faults = new Faults();
      const pauses: number[] = [];
      const calls = new CallStore(
        new FaultyTable(world.tables.calls, { faults, port: 'calls' }),
        new CallIndex(world.tables.index),
        { pause: async attempt => void pauses.push(attempt) },
      );
      faults.plan = request =>
        isCallCommit(request) && faults.count(isCallCommit) <= 3
          ? { conflict: { ok: false, conflict: 'exists', index: 0 } }
          : undefined;

      const committed = await calls.commit(CALL_KEY, NINE);

      expect(pauses).toEqual([1, 2, 3]);
      expect(committed.conflicts).toBe(3);
      await expectRecorded(world.tables, CALL_KEY, NINE);
    });

    it('refuses for good, and records nothing, when storage refuses for good', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      faults.plan = failWhere(isCallCommit, { error: refusal() });

      await expect(calls.commit(CALL_KEY, NINE)).rejects.toMatchObject({ transient: false });
      expect(await calls.load(CALL_KEY)).toBeUndefined();
      expect(await calls.journal(CALL_KEY)).toEqual([]);
    });
  });

  describe('index', () => {
    it('is repaired when a redelivered event is committed together with a new one', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      faults.plan = failWhere(({ port }) => port === 'index');
      await expect(calls.commit(CALL_KEY, NINE.slice(0, 1))).rejects.toThrow('503');
      faults.plan = () => undefined;

      await calls.commit(CALL_KEY, NINE.slice(0, 2));

      await expectRecorded(world.tables, CALL_KEY, NINE.slice(0, 2));
    });

    it('is repaired by another process, when an event of the middle went in between', async () => {
      const world = new MemoryWorld();
      const one = world.startInstance(new Faults({ plan: failWhere(({ port }) => port === 'index') }));
      await expect(one.calls.commit(CALL_KEY, NINE.slice(0, 1))).rejects.toThrow('503');
      const other = world.startInstance();
      await other.calls.commit(CALL_KEY, NINE.slice(1, 2));

      await other.calls.commit(CALL_KEY, NINE.slice(0, 3));

      await expectRecorded(world.tables, CALL_KEY, NINE.slice(0, 3));
    });

    it('is not written again for what this process has merged already', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      await calls.commit(CALL_KEY, NINE);
      const before = faults.count(({ port }) => port === 'index');

      await calls.commit(CALL_KEY, NINE);

      expect(faults.count(({ port }) => port === 'index')).toBe(before);
    });

    it('has no alias for a call whose key is made from its wire id', async () => {
      const world = new MemoryWorld();
      const { calls, index } = world.startInstance();

      await calls.commit(callKeyOf(CALL_LEG_ID), NINE);

      await expectRecorded(world.tables, callKeyOf(CALL_LEG_ID), NINE);
      expect(await index.callKeyFor(CALL_LEG_ID)).toBeUndefined();
    });
  });

  describe('load', () => {
    it('costs the next commit nothing when its answer is overtaken by a commit', async () => {
      const world = new MemoryWorld();
      const answer = Promise.withResolvers<void>();
      let isHeld = false;
      const gate = async ({ operation }: PortRequest, when: 'before' | 'after') => {
        if (isHeld && operation === 'get' && when === 'after') await answer.promise;
      };
      const { calls, faults } = world.startInstance(new Faults({ gate }));
      await calls.commit(CALL_KEY, NINE.slice(0, 1));
      isHeld = true;
      const loading = calls.load(CALL_KEY);
      await calls.commit(CALL_KEY, NINE.slice(1, 2));
      answer.resolve();
      await loading;
      const before = faults.requests.length;

      await calls.commit(CALL_KEY, NINE.slice(2, 3));

      expect(faults.requests.slice(before).map(({ operation }) => operation)).toEqual(['commit']);
    });

    it('does not make this process forget what it has merged into the index', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      await calls.commit(CALL_KEY, NINE);
      await calls.load(CALL_KEY);
      const before = faults.count(({ port }) => port === 'index');

      await calls.commit(CALL_KEY, NINE);

      expect(faults.count(({ port }) => port === 'index')).toBe(before);
    });

    it('is undefined for a call that is not known', async () => {
      expect(await new MemoryWorld().startInstance().calls.load('none')).toBeUndefined();
    });
  });

  describe('journal', () => {
    it('comes in the order of application', async () => {
      const world = new MemoryWorld();
      const { calls } = world.startInstance();
      const order = [...NINE.slice(5), ...NINE.slice(0, 5)];
      for (const event of order) await calls.commit(CALL_KEY, [event]);

      const journal = await calls.journal(CALL_KEY);

      expect(journal.map(entry => entry.event)).toEqual(order);
      expect(journal.map(entry => entry.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('is read page after page when it is long', async () => {
      const world = new MemoryWorld();
      const { calls } = world.startInstance();
      const tones = eventsOf(
        Array.from({ length: 1_020 }, (_, index) => dtmfReceived(index, 'Tone1', atSecond(index))),
      );
      for (let from = 0; from < tones.length; from += 30)
        await calls.commit(CALL_KEY, tones.slice(from, from + 30));

      const journal = await calls.journal(CALL_KEY);

      expect(journal.map(entry => entry.event.fingerprint)).toEqual(tones.map(event => event.fingerprint));
    });
  });

  describe('events of another call', () => {
    const foreignOne = element(
      'CallLegStateChanged',
      { ConversationId: null, CallState: 'Established' },
      { callLegId: 'another-leg' },
    );

    it('are told and not recorded, when the key is bound', async () => {
      const world = new MemoryWorld();
      const { calls } = world.startInstance();
      await calls.commit(CALL_KEY, NINE);
      const [foreign] = eventsOf([foreignOne]);

      const committed = await calls.commit(CALL_KEY, eventsOf([foreignOne]));

      expect(committed).toMatchObject({ foreign: [foreign], duplicates: 0, events: 1 });
      await expectRecorded(world.tables, CALL_KEY, NINE);
    });

    it('are told beside new events and duplicates', async () => {
      const world = new MemoryWorld();
      const { calls } = world.startInstance();
      await calls.commit(CALL_KEY, NINE.slice(0, 3));

      const committed = await calls.commit(CALL_KEY, [...NINE.slice(2, 5), ...eventsOf([foreignOne])]);

      expect(committed).toMatchObject({ events: 4, duplicates: 1 });
      expect(committed.foreign).toHaveLength(1);
      await expectRecorded(world.tables, CALL_KEY, NINE.slice(0, 5));
    });

    it('are the later of two that meet on a new key', async () => {
      const world = new MemoryWorld();
      const { calls } = world.startInstance();

      const committed = await calls.commit(CALL_KEY, [...eventsOf([foreignOne]), ...NINE]);

      expect(committed.foreign).toEqual(NINE);
      await expectRecorded(world.tables, CALL_KEY, eventsOf([foreignOne]));
    });

    it('are those of the process that was second, when two bind one key at once', async () => {
      const world = new MemoryWorld();
      const [one, other] = [world.startInstance(), world.startInstance()];
      // Both have read that there is no head.
      const [first, second] = await Promise.all([
        one.calls.commit(CALL_KEY, NINE),
        other.calls.commit(CALL_KEY, eventsOf([foreignOne])),
      ]);

      const [loser] = [first, second].filter(committed => committed.foreign.length > 0);
      expect([first.foreign.length, second.foreign.length].filter(count => count > 0)).toHaveLength(1);
      const recorded = loser === first ? eventsOf([foreignOne]) : NINE;
      await expectRecorded(world.tables, CALL_KEY, recorded);
    });

    it('bind a key whose first events name none', async () => {
      const world = new MemoryWorld();
      const { calls } = world.startInstance();
      const [nameless] = eventsOf([stateChanged('Establishing', atSecond(0))]);
      if (nameless === undefined) throw new Error('There is no event.');
      await calls.commit(CALL_KEY, [{ ...nameless, wireId: null, fingerprint: 'nameless' }]);

      await calls.commit(CALL_KEY, NINE);

      expect((await calls.load(CALL_KEY))?.call.wireId).toBe(CALL_LEG_ID);
      await expectRecorded(world.tables, CALL_KEY, [
        { ...nameless, wireId: null, fingerprint: 'nameless' },
        ...NINE,
      ]);
    });
  });

  describe('many participants', () => {
    it.each([1, 59, 60, 88, 89, 90, 178, 179, 350])('have each a row when there are %i', async count => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      const events = eventsOf([rosterOf(count, 5)]);

      await calls.commit(CALL_KEY, events);

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

      for (const event of events) await calls.commit(CALL_KEY, [event]);

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
      await expect(one.calls.commit(CALL_KEY, before)).rejects.toThrow('gone');

      await other.calls.commit(CALL_KEY, after);
      await other.calls.commit(CALL_KEY, before);

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
        if (parts === 8) await other.calls.commit(CALL_KEY, newer);
      };
      const one = world.startInstance(new Faults({ gate }));

      await expect(one.calls.commit(CALL_KEY, older)).rejects.toMatchObject({ transient: true });
      await one.calls.commit(CALL_KEY, older);

      await expectRecorded(world.tables, CALL_KEY, [...older, ...newer]);
    });
  });

  describe('faults', () => {
    const roster = eventsOf([rosterOf(350, 5)]);
    const scenarios = [
      { name: 'one event', batches: [NINE.slice(0, 1)] },
      { name: 'a whole call', batches: [NINE] },
      { name: 'a call in three batches', batches: [NINE.slice(0, 3), NINE.slice(3, 6), NINE.slice(6)] },
      { name: 'duplicates', batches: [NINE.slice(0, 6), NINE.slice(3), NINE] },
      { name: '350 participants', batches: [roster, NINE] },
    ];

    async function countRequests(batches: readonly CallEvent[][]): Promise<number> {
      const { calls, faults } = new MemoryWorld().startInstance();
      for (const batch of batches) await calls.commit(CALL_KEY, batch);
      return faults.requests.length;
    }

    /** Commits the batches in order on one store; the first error of each is let go to the retry. */
    async function commitAll(calls: CallStore, batches: readonly CallEvent[][]) {
      for (const batch of batches) await calls.commit(CALL_KEY, batch);
    }

    describe.each(scenarios)('with $name', ({ batches }) => {
      it.each(['before', 'after'] as const)(
        'lose nothing when any one request fails %s it took effect',
        async when => {
          const requests = await countRequests(batches);
          for (let at = 1; at <= requests; at++) {
            const world = new MemoryWorld();
            const instance = world.startInstance(new Faults({ plan: failAt(at, when) }));

            for (const batch of batches) await commitUntilDone(instance, CALL_KEY, batch);

            await expectRecorded(world.tables, CALL_KEY, batches.flat());
          }
        },
      );

      it.each(['before', 'after'] as const)(
        'lose nothing when the process dies %s any request, and another takes over',
        async when => {
          const requests = await countRequests(batches);
          for (let at = 1; at <= requests; at++) {
            const world = new MemoryWorld();
            const crashing = world.startInstance(new Faults({ plan: crashAt(at, when) }));
            await expect(commitAll(crashing.calls, batches)).rejects.toThrow(Crash);

            await commitAll(world.startInstance().calls, batches);

            await expectRecorded(world.tables, CALL_KEY, batches.flat());
          }
        },
      );

      it('lose nothing when a process dies anywhere, and its message comes again after new events', async () => {
        const requests = await countRequests(batches);
        const later = eventsOf([dtmfReceived(9, 'Pound', atSecond(15))]);
        for (let at = 1; at <= requests; at++) {
          const world = new MemoryWorld();
          const crashing = world.startInstance(new Faults({ plan: crashAt(at, 'after') }));
          await expect(commitAll(crashing.calls, batches)).rejects.toThrow(Crash);
          const successor = world.startInstance();
          await successor.calls.commit(CALL_KEY, later);

          for (const batch of batches) await successor.calls.commit(CALL_KEY, [...batch, ...later]);

          await expectRecorded(world.tables, CALL_KEY, [...later, ...batches.flat()]);
        }
      });
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { CallIndex } from '../../../shared/store/call-index.ts';
import { CallStore } from '../../../shared/store/call-store.ts';
import { HEAD_ROW } from '../../../shared/store/keys.ts';
import { eventsOf, nineElements } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { expectRecorded } from '../../support/expect-recorded.ts';
import { Faults, failWhere, type PortRequest, refusal } from '../../support/faults.ts';
import { FaultyTable } from '../../support/faulty-table.ts';
import { MemoryWorld } from '../../support/memory-world.ts';
import { plannerOf } from '../../support/planner.ts';
import { CALL_LEG_ID, dtmfReceived, element, stateChanged } from '../../support/preview-2021-04-elements.ts';

const NINE = eventsOf(nineElements());

function nth(events: readonly CallEvent[], index: number): CallEvent {
  const event = events[index];
  if (event === undefined) throw new RangeError(`There is no event ${index}.`);
  return event;
}

const isHeadRead = ({ operation, rowKeys }: PortRequest) => operation === 'get' && rowKeys?.[0] === HEAD_ROW;
const isJournalRead = ({ operation, rowKeys }: PortRequest) =>
  operation === 'get' && rowKeys?.[0]?.startsWith('j~') === true;
const isCallCommit = ({ operation, port }: PortRequest) => operation === 'commit' && port === 'calls';

describe('CallStore', () => {
  describe('commit', () => {
    it('records events one by one with one read and one transaction for each', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();

      for (const event of NINE) await calls.commit(CALL_KEY, { events: [event] });

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(faults.count(({ port, operation }) => port === 'calls' && operation === 'get')).toBe(1);
      expect(faults.count(isCallCommit)).toBe(9);
      // By day and among the open ones at the start, by its wire id, and the mark of its end.
      expect(faults.count(({ port }) => port === 'index')).toBe(4);
    });

    it('records a batch in one transaction', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();

      const committed = await calls.commit(CALL_KEY, { events: NINE });

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(faults.count(isCallCommit)).toBe(1);
      expect(committed).toMatchObject({ events: 9, duplicates: 0, foreign: [], conflicts: 0 });
      expect(committed.head?.call.state).toBe('disconnected');
    });

    it('counts an event once when a batch has it twice', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();

      const committed = await calls.commit(CALL_KEY, { events: [...NINE, ...NINE] });

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(committed).toMatchObject({ events: 18, duplicates: 9, conflicts: 0 });
      expect(faults.count(isJournalRead)).toBe(0);
    });

    it('counts an event once when it comes again later, beside new ones', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      await calls.commit(CALL_KEY, { events: NINE.slice(0, 5) });

      const committed = await calls.commit(CALL_KEY, { events: NINE.slice(2) });

      await expectRecorded(world.tables, CALL_KEY, NINE);
      expect(committed).toMatchObject({ events: 7, duplicates: 3 });
      expect(faults.count(isJournalRead)).toBe(7);
    });

    it('costs one refused transaction and one read of the journal when all of it is known', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      await calls.commit(CALL_KEY, { events: NINE });
      const before = faults.requests.length;

      await calls.commit(CALL_KEY, { events: [nth(NINE, 4)] });

      const operations = faults.requests.slice(before).map(({ port, operation }) => `${port} ${operation}`);
      expect(operations).toEqual(['calls commit', 'calls get']);
    });

    it('reads the head again, and no journal, when another process was first', async () => {
      const world = new MemoryWorld();
      const [one, other] = [world.startInstance(), world.startInstance()];
      await one.calls.commit(CALL_KEY, { events: NINE.slice(0, 2) });
      await other.calls.commit(CALL_KEY, { events: NINE.slice(2, 4) });
      const reads = one.faults.count(isHeadRead);

      const committed = await one.calls.commit(CALL_KEY, { events: NINE.slice(4) });

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
        await first.calls.commit(CALL_KEY, { events: [event] });
        await second.calls.commit(CALL_KEY, { events: [event] });
      }

      await expectRecorded(world.tables, CALL_KEY, NINE);
    });

    it('gives up as transient when others are always first', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      faults.plan = request =>
        isCallCommit(request) ? { conflict: { ok: false, conflict: 'changed', index: 0 } } : undefined;

      await expect(calls.commit(CALL_KEY, { events: NINE })).rejects.toMatchObject({
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
        { plan: plannerOf(world.clock), pause: async attempt => void pauses.push(attempt) },
      );
      faults.plan = request =>
        isCallCommit(request) && faults.count(isCallCommit) <= 3
          ? { conflict: { ok: false, conflict: 'exists', index: 0 } }
          : undefined;

      const committed = await calls.commit(CALL_KEY, { events: NINE });

      expect(pauses).toEqual([1, 2, 3]);
      expect(committed.conflicts).toBe(3);
      await expectRecorded(world.tables, CALL_KEY, NINE);
    });

    it('refuses for good, and records nothing, when storage refuses for good', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      faults.plan = failWhere(isCallCommit, { error: refusal() });

      await expect(calls.commit(CALL_KEY, { events: NINE })).rejects.toMatchObject({ transient: false });
      expect(await calls.load(CALL_KEY)).toBeUndefined();
      expect(await calls.journal(CALL_KEY)).toEqual([]);
    });
  });

  describe('index', () => {
    it('is repaired when a redelivered event is committed together with a new one', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      faults.plan = failWhere(({ port }) => port === 'index');
      await expect(calls.commit(CALL_KEY, { events: NINE.slice(0, 1) })).rejects.toThrow('503');
      faults.plan = () => undefined;

      await calls.commit(CALL_KEY, { events: NINE.slice(0, 2) });

      await expectRecorded(world.tables, CALL_KEY, NINE.slice(0, 2));
    });

    it('is repaired by another process, when an event of the middle went in between', async () => {
      const world = new MemoryWorld();
      const one = world.startInstance(new Faults({ plan: failWhere(({ port }) => port === 'index') }));
      await expect(one.calls.commit(CALL_KEY, { events: NINE.slice(0, 1) })).rejects.toThrow('503');
      const other = world.startInstance();
      await other.calls.commit(CALL_KEY, { events: NINE.slice(1, 2) });

      await other.calls.commit(CALL_KEY, { events: NINE.slice(0, 3) });

      await expectRecorded(world.tables, CALL_KEY, NINE.slice(0, 3));
    });

    it('is not written again for what this process has merged already', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      await calls.commit(CALL_KEY, { events: NINE });
      const before = faults.count(({ port }) => port === 'index');

      await calls.commit(CALL_KEY, { events: NINE });

      expect(faults.count(({ port }) => port === 'index')).toBe(before);
    });

    it('keeps nobody waiting but whoever brought what is new to it, and is repaired when that failed', async () => {
      const world = new MemoryWorld();
      const merging = Promise.withResolvers<void>();
      const gate = async ({ port }: PortRequest, when: 'before' | 'after') => {
        if (port === 'index' && when === 'before') await merging.promise;
      };
      const { calls, faults } = world.startInstance(
        new Faults({ gate, plan: failWhere(({ port }) => port === 'index') }),
      );
      const recorded = Promise.withResolvers<void>();
      const onRecorded = () => recorded.resolve();
      const opening = calls.commit(CALL_KEY, { events: NINE.slice(0, 1) }, { onRecorded });
      await recorded.promise;

      await calls.commit(CALL_KEY, { events: NINE.slice(2, 3) });
      merging.resolve();
      await expect(opening).rejects.toThrow('503');
      faults.plan = () => undefined;
      await calls.commit(CALL_KEY, { events: NINE.slice(0, 1) });

      await expectRecorded(world.tables, CALL_KEY, [...NINE.slice(0, 1), ...NINE.slice(2, 3)]);
    });

    it('has no alias for a call whose key is made from its wire id', async () => {
      const world = new MemoryWorld();
      const { calls, index } = world.startInstance();

      await calls.commit(callKeyOf(CALL_LEG_ID), { events: NINE });

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
      await calls.commit(CALL_KEY, { events: NINE.slice(0, 1) });
      isHeld = true;
      const loading = calls.load(CALL_KEY);
      await calls.commit(CALL_KEY, { events: NINE.slice(1, 2) });
      answer.resolve();
      await loading;
      const before = faults.requests.length;

      await calls.commit(CALL_KEY, { events: NINE.slice(2, 3) });

      expect(faults.requests.slice(before).map(({ operation }) => operation)).toEqual(['commit']);
    });

    it('does not make this process forget what it has merged into the index', async () => {
      const world = new MemoryWorld();
      const { calls, faults } = world.startInstance();
      await calls.commit(CALL_KEY, { events: NINE });
      await calls.load(CALL_KEY);
      const before = faults.count(({ port }) => port === 'index');

      await calls.commit(CALL_KEY, { events: NINE });

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
      for (const event of order) await calls.commit(CALL_KEY, { events: [event] });

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
        await calls.commit(CALL_KEY, { events: tones.slice(from, from + 30) });

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
      await calls.commit(CALL_KEY, { events: NINE });
      const [foreign] = eventsOf([foreignOne]);

      const committed = await calls.commit(CALL_KEY, { events: eventsOf([foreignOne]) });

      expect(committed).toMatchObject({ foreign: [foreign], duplicates: 0, events: 1 });
      await expectRecorded(world.tables, CALL_KEY, NINE);
    });

    it('are told beside new events and duplicates', async () => {
      const world = new MemoryWorld();
      const { calls } = world.startInstance();
      await calls.commit(CALL_KEY, { events: NINE.slice(0, 3) });

      const committed = await calls.commit(CALL_KEY, {
        events: [...NINE.slice(2, 5), ...eventsOf([foreignOne])],
      });

      expect(committed).toMatchObject({ events: 4, duplicates: 1 });
      expect(committed.foreign).toHaveLength(1);
      await expectRecorded(world.tables, CALL_KEY, NINE.slice(0, 5));
    });

    it('are the later of two that meet on a new key', async () => {
      const world = new MemoryWorld();
      const { calls } = world.startInstance();

      const committed = await calls.commit(CALL_KEY, { events: [...eventsOf([foreignOne]), ...NINE] });

      expect(committed.foreign).toEqual(NINE);
      await expectRecorded(world.tables, CALL_KEY, eventsOf([foreignOne]));
    });

    it('are those of the process that was second, when two bind one key at once', async () => {
      const world = new MemoryWorld();
      const [one, other] = [world.startInstance(), world.startInstance()];
      // Both have read that there is no head.
      const [first, second] = await Promise.all([
        one.calls.commit(CALL_KEY, { events: NINE }),
        other.calls.commit(CALL_KEY, { events: eventsOf([foreignOne]) }),
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
      await calls.commit(CALL_KEY, { events: [{ ...nameless, wireId: null, fingerprint: 'nameless' }] });

      await calls.commit(CALL_KEY, { events: NINE });

      expect((await calls.load(CALL_KEY))?.call.wireId).toBe(CALL_LEG_ID);
      await expectRecorded(world.tables, CALL_KEY, [
        { ...nameless, wireId: null, fingerprint: 'nameless' },
        ...NINE,
      ]);
    });
  });
});

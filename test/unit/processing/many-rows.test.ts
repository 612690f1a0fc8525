import { describe, expect, it } from 'vitest';
import type { CallEvent, EventPayload } from '../../../shared/domain/call-event.ts';
import type { Decider } from '../../../shared/flows/decider.ts';
import { hash22 } from '../../../shared/ids/hash22.ts';
import { decodeText } from '../../../shared/store/document.ts';
import { connected, ended, headOf, isCallCommit, received, tone } from '../../support/acting.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { Faults } from '../../support/faults.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { rosterWith } from '../../support/upkeep-world.ts';

const WAITING = 120;

const hangUp = requested('hang-up', { kind: 'hangUp', arguments: {} });
const lost = received(callEvent(atSecond(90), { type: 'call.lost', reason: 'nothing was heard of it' }));

function requested(
  actionId: string,
  action: Extract<EventPayload, { type: 'action.requested' }>['action'],
): CallEvent {
  return {
    ...received(callEvent(atSecond(9), { type: 'action.requested', actionId, action })),
    wireId: null,
  };
}

/** A call with many actions, all of which wait since ACS takes none. */
async function busyCall(text = ''): Promise<{ world: MemoryWorld; instance: Instance }> {
  const world = new MemoryWorld();
  const instance = world.startInstance();
  world.provider.answer = () => ({ kind: 'notNow', reason: 'throttled', retryAfterMs: 600_000 });
  await instance.worker.record(CALL_KEY, { events: [connected] });
  for (let index = 0; index < WAITING; index++) {
    const action = { kind: 'playAudio', arguments: { label: `${index}`, text } } as const;
    await instance.worker.record(CALL_KEY, { events: [requested(`a${index}`, action)] });
  }
  return { world, instance };
}

/** The rows of a call whose keys begin so, by key. */
async function rowsOf(world: MemoryWorld, prefix: string) {
  const { rows } = await world.tables.calls.list({
    partition: CALL_KEY,
    rows: { from: prefix, to: `${prefix}~` },
  });
  return new Map(rows.map(({ rowKey, values }) => [rowKey, values]));
}

async function expectProjected(world: MemoryWorld): Promise<void> {
  const { call, projectionPending } = await headOf(world.startInstance());
  expect(projectionPending).toBe(false);
  const actions = await rowsOf(world, 'o~');
  expect([...actions.keys()].toSorted()).toEqual(
    call.actions.map(action => `o~${action.actionId}`).toSorted(),
  );
  for (const action of call.actions) {
    const row = actions.get(`o~${action.actionId}`) ?? {};
    expect(row).toMatchObject({ kind: action.kind, state: action.state });
    expect(JSON.parse(decodeText(row))).toEqual(action.arguments);
  }
  const timers = await rowsOf(world, 't~');
  expect(timers.size).toBe(call.timers.length);
  for (const { timerId, state, dueAt } of call.timers) {
    expect(timers.get(`t~${hash22(timerId)}`)).toMatchObject({ timerId, state, dueAt });
  }
}

describe('a call with more rows to change than a transaction takes', () => {
  it.each<{ name: string; event: CallEvent; state: string }>([
    { name: 'is hung up', event: hangUp, state: 'connected' },
    { name: 'ends', event: ended, state: 'disconnected' },
    { name: 'is given up', event: lost, state: 'disconnected' },
  ])('$name like any other', async ({ event, state }) => {
    const { world, instance } = await busyCall();

    await instance.worker.record(CALL_KEY, { events: [event] });

    const { call } = await headOf(instance);
    expect(call.state).toBe(state);
    expect(call.actions.filter(action => action.state === 'skipped').length).toBeGreaterThanOrEqual(WAITING);
    await expectProjected(world);
  });

  it('ends with requests that are larger than a transaction together', async () => {
    const { world, instance } = await busyCall('電話'.repeat(9_000));

    await instance.worker.record(CALL_KEY, { events: [ended] });

    expect((await headOf(instance)).call.state).toBe('disconnected');
    await expectProjected(world);
  });

  it('takes thirty events that lead to three actions and a timer each', async () => {
    const decider: Decider = {
      version: 'three',
      decide: (_, signal) =>
        signal.type === 'toneReceived'
          ? {
              actions: [1, 2, 3].map(label => draft('playAudio', `${label}`)),
              arm: [{ timerId: `timer-${signal.sequenceId}`, afterMs: 60_000 }],
            }
          : {},
    };
    const world = new MemoryWorld({ decider });
    const instance = world.startInstance();
    await instance.worker.record(CALL_KEY, { events: [connected] });

    const tones = Array.from({ length: 30 }, (_, index) => tone(index));
    const committed = await instance.worker.record(CALL_KEY, { events: tones });

    expect(committed.duplicates).toBe(0);
    expect((await headOf(instance)).call.actions).toHaveLength(90);
    expect((await headOf(instance)).call.timers).toHaveLength(30);
    await expectProjected(world);
  });

  it('fires all timers that are due at once', async () => {
    const arm = Array.from({ length: WAITING }, (_, index) => ({
      timerId: `timer-${index}`,
      afterMs: 10_000,
    }));
    const world = new MemoryWorld({ decider: deciderOf({ connected: { arm } }) });
    const instance = world.startInstance();
    await instance.worker.record(CALL_KEY, { events: [connected] });
    world.clock.nowMs += 20_000;

    await world.comeToRest(instance);

    const { call } = await headOf(instance);
    expect(call.timers.filter(({ state }) => state === 'fired')).toHaveLength(WAITING);
    await expectProjected(world);
  });

  it('has every row as its head says when another writer comes between', async () => {
    const { world, instance } = await busyCall();
    const roster = received(
      callEvent(atSecond(50), rosterWith(...Array.from({ length: 100 }, (_, n) => `8:acs:${n}`))),
    );
    let commits = 0;
    const gate = async (request: Parameters<typeof isCallCommit>[0], when: string) => {
      if (!isCallCommit(request) || when !== 'before') return;
      commits += 1;
      // The end and the first part of its rows are written.
      if (commits === 3) await instance.worker.record(CALL_KEY, { events: [roster] });
    };
    const other = world.startInstance(new Faults({ gate }));

    await expect(other.worker.record(CALL_KEY, { events: [ended] })).rejects.toMatchObject({
      transient: true,
    });
    await expectProjected(world);
    const again = await other.worker.record(CALL_KEY, { events: [ended] });

    expect(again.duplicates).toBe(1);
    expect((await rowsOf(world, 'p~')).size).toBe(100);
    await expectProjected(world);
  });
});

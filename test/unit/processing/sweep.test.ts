import { describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../../shared/clock.ts';
import { newFlowState } from '../../../shared/domain/flow-state.ts';
import { SETTLE } from '../../../shared/flows/causal-order.ts';
import { sweep } from '../../../shared/processing/sweep.ts';
import { encodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { encodeCallMessage } from '../../../shared/queues/call-message.ts';
import { type CallHead, encodeHead } from '../../../shared/store/call-head.ts';
import type { RowValues } from '../../../shared/store/table.ts';
import type { Measurement } from '../../../shared/telemetry/measurements.ts';
import { noTelemetry } from '../../../shared/telemetry/telemetry.ts';
import { Crash, crashAt, Faults, failWhere } from '../../support/faults.ts';
import {
  allRows,
  CONNECTED,
  CONNECTING,
  DISCONNECTED,
  MINUTE_MS,
  UpkeepWorld,
} from '../../support/upkeep-world.ts';

const KEY = 'c1';

async function open(world: UpkeepWorld): Promise<string[]> {
  return (await world.start().upkeep.openRows({ limit: 1_000 })).rows.map(({ callKey }) => callKey);
}

describe('sweep', () => {
  it('reads one row a call beside the pages and writes only how far it came when nothing is due', async () => {
    const world = new UpkeepWorld();
    for (let call = 0; call < 250; call++) await world.tell(`c${call}`, CONNECTED);
    await sweep(world.start());
    world.clock.nowMs += MINUTE_MS;
    const ports = world.start();
    const before = [await allRows(world.tables.calls), await allRows(world.tables.index)];

    await sweep(ports);

    const count = (port: string, operation: string) =>
      ports.faults.count(request => request.port === port && request.operation === operation);
    expect(count('calls', 'get')).toBe(250);
    expect(count('calls', 'commit') + count('calls', 'list')).toBe(0);
    expect(count('index', 'list')).toBe(4);
    expect(count('parked', 'list')).toBe(1);
    const written = ports.faults.requests.filter(
      ({ operation }) => operation === 'commit' || operation === 'put',
    );
    expect(new Set(written.map(({ partitionKey }) => partitionKey))).toEqual(new Set(['sweep']));
    expect(written.length).toBe(8);
    expect(await allRows(world.tables.calls)).toEqual(before[0]);
    expect(ports.logged).toEqual([]);
  });

  it('fires a timer whose alarm never rang', async () => {
    const world = new UpkeepWorld();
    world.decider = {
      version: 'waits',
      decide: (_call, signal) =>
        signal.type === 'connected' ? { arm: [{ timerId: 'silence', afterMs: 30_000 }] } : {},
    };
    await world.tell(KEY, CONNECTED);
    world.clock.nowMs += 20_000;
    await sweep(world.start());
    expect((await world.head(KEY))?.call.timers).toMatchObject([{ state: 'armed' }]);

    world.clock.nowMs += 20_000;
    await sweep(world.start());

    expect((await world.head(KEY))?.call.timers).toMatchObject([{ timerId: 'silence', state: 'fired' }]);
  });

  it('fires a timer of a call that is over before it takes it off the list', async () => {
    const world = new UpkeepWorld();
    world.decider = {
      version: 'waits',
      decide: (_call, signal) =>
        signal.type === 'disconnected' ? { arm: [{ timerId: SETTLE, afterMs: 15_000 }] } : {},
    };
    await world.tell(KEY, CONNECTED);
    await world.tell(KEY, DISCONNECTED);

    await sweep(world.start());
    expect(await open(world)).toEqual([KEY]);
    world.clock.nowMs += MINUTE_MS;
    await sweep(world.start());

    expect((await world.head(KEY))?.call.timers).toMatchObject([{ timerId: SETTLE, state: 'fired' }]);
    await sweep(world.start());
    expect(await open(world)).toEqual([]);
  });

  it('sees what another process armed, whatever it remembers of the call', async () => {
    const world = new UpkeepWorld();
    const remembers = world.start();
    const early = world.event(CONNECTING, { wireId: `leg-${KEY}` });
    await remembers.worker.record(KEY, { events: [early] });
    world.decider = {
      version: 'waits',
      decide: (_call, signal) =>
        signal.type === 'connected' ? { arm: [{ timerId: 'silence', afterMs: 30_000 }] } : {},
    };
    await world.tell(KEY, CONNECTED);
    world.clock.nowMs += MINUTE_MS;

    await sweep(remembers);

    expect((await world.head(KEY))?.call.timers).toMatchObject([{ timerId: 'silence', state: 'fired' }]);
  });

  it('sends an action whose message was lost, once it waited for a minute more than it should', async () => {
    const world = new UpkeepWorld();
    world.decider = playsOnConnect();
    world.acs.result = { kind: 'notNow', reason: 'throttled', retryAfterMs: 10_000 };
    await world.tell(KEY, CONNECTED);
    world.acs.result = { kind: 'done' };
    world.clock.nowMs += 60_000;
    await sweep(world.start());
    expect(world.acs.sent).toHaveLength(1);

    world.clock.nowMs += 20_000;
    await sweep(world.start());

    expect(world.acs.sent).toHaveLength(2);
    expect((await world.head(KEY))?.call.actions).toMatchObject([{ state: 'done' }]);
  });

  it('settles an action whose sender died, before and after the end of the call', async () => {
    for (const ends of [false, true]) {
      const world = new UpkeepWorld();
      world.decider = playsOnConnect();
      const dying = world.start();
      dying.provider.perform = () => Promise.reject(new Crash('The process is gone.'));
      const connected = world.event(CONNECTED, { wireId: `leg-${KEY}` });
      await expect(dying.worker.record(KEY, { events: [connected] })).rejects.toThrow(Crash);
      if (ends) await world.tell(KEY, DISCONNECTED);
      await sweep(world.start());
      expect(await open(world)).toEqual([KEY]);

      world.clock.nowMs += 2 * MINUTE_MS;
      await sweep(world.start());

      expect((await world.head(KEY))?.call.actions).toMatchObject([{ state: 'unknown' }]);
      expect(world.acs.sent).toEqual([]);
      await sweep(world.start());
      expect(await open(world)).toEqual(ends ? [] : [KEY]);
    }
  });

  it('takes rows of ended, erased and unknown calls off the list', async () => {
    const world = new UpkeepWorld();
    await world.tell('c1', DISCONNECTED);
    await world.tell('c2', DISCONNECTED);
    await world.tell('c3', CONNECTED);
    await world.tell('c4', CONNECTED);
    await world.start().partitions.erase('c4', world.now);
    // Rows as late merges leave them: without the mark of the end, without a call.
    for (const rowKey of ['c2', 'c4', 'c5']) {
      await world.tables.index.commit('open', [{ kind: 'upsert', rowKey, values: { callKey: rowKey } }]);
    }

    await sweep(world.start());

    expect(await open(world)).toEqual(['c3']);
  });

  it('goes on with the others when one call fails', async () => {
    const world = new UpkeepWorld();
    for (const callKey of ['c1', 'c2', 'c3']) await world.tell(callKey, CONNECTING);
    await world.tables.calls.commit('c2', [{ kind: 'upsert', rowKey: '!', values: { v: 1, d: 'damaged' } }]);
    world.clock.nowMs += 11 * MINUTE_MS;
    const ports = world.start();

    await sweep(ports);

    expect((await world.head('c1'))?.call.state).toBe('disconnected');
    expect((await world.head('c3'))?.call.state).toBe('disconnected');
    expect(ports.logged.map(({ name }) => name)).toContain('upkeepFailed');
    expect(ports.logged.find(({ name }) => name === 'swept')?.fields).toMatchObject({ lost: 2, failed: 1 });
  });

  it('goes on where a run stopped that ran out of time', async () => {
    const world = new UpkeepWorld();
    for (let call = 0; call < 150; call++) await world.tell(`c${String(call).padStart(3, '0')}`, CONNECTED);
    const slow = world.start();
    const list = slow.upkeep.openRows.bind(slow.upkeep);
    slow.upkeep.openRows = async page => {
      world.clock.nowMs += MINUTE_MS;
      return list(page);
    };
    await sweep(slow);
    const next = world.start();

    await sweep(next);

    expect(slow.faults.count(({ port }) => port === 'calls')).toBe(100);
    expect(next.faults.count(({ port }) => port === 'calls')).toBe(50);
  });

  it('leaves the calls alone while another run is at them, until its lease ends', async () => {
    const world = new UpkeepWorld();
    await world.tell(KEY, CONNECTING);
    world.clock.nowMs += 11 * MINUTE_MS;
    const until = eventTimeOf(world.clock.nowMs + MINUTE_MS);
    await world.start().progress.take('openCalls', { now: world.now, until });
    await sweep(world.start());
    expect((await world.head(KEY))?.call.lostAt).toBeNull();

    world.clock.nowMs += MINUTE_MS;
    await sweep(world.start());

    expect((await world.head(KEY))?.call.lostAt).not.toBeNull();
  });

  it('counts the calls that are open and the lines that are in use', async () => {
    const world = new UpkeepWorld();
    for (const callKey of ['c1', 'c2', 'c3']) await world.tell(callKey, CONNECTED);
    const ports = world.start();
    const user = (callKey: string) => ({ number: '4:+18335550100', callKey, since: world.now });
    // A line whose call is no more is free, and goes to the one that waits.
    expect(await ports.lines.take(user('c1'), world.now)).toBe(true);
    expect(await ports.lines.take(user('gone'), world.now)).toBe(true);
    expect(await ports.lines.wait(user('c2'), world.now)).toBe(false);
    const measured: Measurement[] = [];

    await sweep({ ...ports, telemetry: { ...noTelemetry, measure: told => measured.push(told) } });

    expect(measured).toEqual([
      { metric: 'ringback.calls.open', value: 3 },
      { metric: 'ringback.lines.in_use', value: 2 },
    ]);
  });

  it('ends right whatever request it dies at', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let number = 1; ; number++) {
        const world = await busyWorld();
        const faults = new Faults({ plan: crashAt(number, when) });
        await sweep(world.start(faults)).catch(() => undefined);
        const hasDied = faults.requests.length >= number;

        world.clock.nowMs += 2 * MINUTE_MS;
        await sweep(world.start());
        await sweep(world.start());

        expect((await world.start().calls.journal('c1')).map(({ event }) => event.type)).toEqual([
          'call.connecting',
          'call.lost',
        ]);
        expect(await open(world)).toEqual(['c3']);
        expect(await allRows(world.tables.parked)).toEqual([]);
        expect(world.queues.callEvents.size).toBeGreaterThan(0);
        if (!hasDied) break;
      }
    }
  });

  it('parks what lies in any poison queue, as it is', async () => {
    const world = new UpkeepWorld();
    const [events, actions, alarms] = world.queues.poison;
    await events.putRaw('<not base64>');
    await actions.put('{"v":2}');
    await alarms.put('nothing of ours');

    await sweep(world.start());

    const { items } = await world.start().parked.list({ limit: 10 });
    expect(items.map(({ reason, text }) => [reason, text]).toSorted()).toEqual([
      ['undecodable', '<not base64>'],
      ['undecodable', 'nothing of ours'],
      ['undecodable', '{"v":2}'],
    ]);
    expect([events.size, actions.size, alarms.size]).toEqual([0, 0, 0]);
  });

  it('takes up what the host gave up on three times, and then leaves it parked', async () => {
    const world = new UpkeepWorld();
    const [text = ''] = encodeCallEvents({
      callKey: KEY,
      receivedAt: world.now,
      attempt: 5,
      traceparent: null,
      elements: [{ any: 'thing' }],
    }).texts;
    const poison = world.queues.poison[0];
    await poison.put(text);
    for (let replay = 0; replay < 3; replay++) {
      await sweep(world.start());
      expect(await allRows(world.tables.parked)).toEqual([]);
      world.clock.nowMs += 20 * MINUTE_MS;
      const [message] = await world.queues.callEvents.receive(1, 30);
      if (message?.text === undefined) throw new Error('It was not replayed.');
      await world.queues.callEvents.delete(message);
      await poison.put(message.text);
    }

    await sweep(world.start());
    await sweep(world.start());

    const { items } = await world.start().parked.list({ limit: 10 });
    expect(items).toMatchObject([{ reason: 'gaveUp', callKey: KEY }]);
    expect(world.queues.callEvents.size).toBe(0);
  });

  it('leaves what a newer version parked, and goes on', async () => {
    const world = new UpkeepWorld();
    const parkedId = await world.start().parked.park(world.parkedThing({ text: '{}' }));
    const values = { reason: 'ofANewerVersion' };
    await world.tables.parked.commit('parked', [{ kind: 'merge', rowKey: parkedId, values }]);
    await world.queues.poison[1].put(encodeCallMessage({ callKey: KEY }));

    await sweep(world.start());

    expect(world.queues.callActions.size).toBe(1);
    expect((await world.start().parked.get(parkedId))?.reason).toBe('ofANewerVersion');
  });

  it('takes up nudges and alarms as a look at their call', async () => {
    const world = new UpkeepWorld();
    await world.queues.poison[2].put(encodeCallMessage({ callKey: KEY, alarmAt: world.now, attempt: 3 }));

    await sweep(world.start());

    const [message] = await world.queues.callActions.receive(1, 30);
    expect(JSON.parse(message?.text ?? '')).toEqual({ v: 1, callKey: KEY, replays: 1 });
  });

  it('replays nothing while storage fails', async () => {
    const world = new UpkeepWorld();
    await world.tell(KEY, CONNECTED);
    await world.queues.poison[1].put(encodeCallMessage({ callKey: KEY }));
    const faults = new Faults({ plan: failWhere(({ port }) => port === 'calls') });

    await sweep(world.start(faults));
    expect(world.queues.callActions.size).toBe(0);
    await sweep(world.start());

    expect(world.queues.callActions.size).toBe(1);
  });

  it.each<{ name: string; values: (head: CallHead) => RowValues }>([
    { name: 'is damaged', values: () => ({ v: 1, d: 'damaged' }) },
    { name: 'was written by a newer version', values: head => ({ ...encodeHead(head), v: 2 }) },
    {
      name: 'is quiet, and its flow not deployed',
      values: head => encodeHead({ ...head, call: { ...head.call, flow: UNDEPLOYED } }),
    },
  ])('replays what was given up on while some call fails that $name', async ({ values }) => {
    const world = new UpkeepWorld();
    await world.tell('c2', CONNECTING);
    const head = await world.head('c2');
    if (head === undefined) throw new Error('The call is not known.');
    await world.tables.calls.commit('c2', [{ kind: 'upsert', rowKey: '!', values: values(head) }]);
    await world.queues.poison[1].put(encodeCallMessage({ callKey: KEY }));
    world.clock.nowMs += 11 * MINUTE_MS;
    const ports = world.start();

    await sweep(ports);

    expect(ports.logged.find(({ name }) => name === 'swept')?.fields).toMatchObject({
      failed: 1,
      replayed: 1,
    });
    expect(world.queues.callActions.size).toBe(1);
  });
});

const UNDEPLOYED = newFlowState({ name: 'not-there', version: 1, input: {} });

function playsOnConnect() {
  return {
    version: 'plays',
    decide: (_call: unknown, signal: { readonly type: string }) =>
      signal.type === 'connected' ? { actions: [{ kind: 'playAudio' as const, arguments: {} }] } : {},
  };
}

/** A call to give up, one to take off the list, one to leave, and something to take up again. */
async function busyWorld(): Promise<UpkeepWorld> {
  const world = new UpkeepWorld();
  await world.tell('c1', CONNECTING);
  await world.tell('c2', DISCONNECTED);
  await world.tell('c3', CONNECTED);
  world.clock.nowMs += 11 * MINUTE_MS;
  const message = { callKey: 'c9', receivedAt: world.now, attempt: 0, traceparent: null, elements: [{}] };
  for (const text of encodeCallEvents(message).texts) await world.queues.poison[0].put(text);
  return world;
}

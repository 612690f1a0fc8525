import { describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../../shared/clock.ts';
import { sweep } from '../../../shared/processing/sweep.ts';
import { Faults, type PortRequest } from '../../support/faults.ts';
import {
  CONNECTED,
  CONNECTING,
  DAY_MS,
  DISCONNECTED,
  HOUR_MS,
  MINUTE_MS,
  UpkeepWorld,
} from '../../support/upkeep-world.ts';

const KEY = 'c1';

async function open(world: UpkeepWorld): Promise<string[]> {
  return (await world.start().upkeep.openRows({ limit: 1_000 })).rows.map(({ callKey }) => callKey);
}

describe('sweep, of calls that went quiet', () => {
  it.each([
    { name: 'that never connected', payload: CONNECTING, limitMs: 10 * MINUTE_MS },
    { name: 'that is connected', payload: CONNECTED, limitMs: 24 * HOUR_MS },
  ])('gives a call $name up when nothing was heard of it for its limit', async ({ payload, limitMs }) => {
    const world = new UpkeepWorld();
    await world.tell(KEY, payload);
    world.clock.nowMs += limitMs - 1;
    await sweep(world.start());
    expect((await world.head(KEY))?.call.state).not.toBe('disconnected');

    world.clock.nowMs += 1;
    await sweep(world.start());

    const call = (await world.head(KEY))?.call;
    expect(call).toMatchObject({ state: 'disconnected', lostAt: world.now, endedAt: null });
    world.clock.nowMs += MINUTE_MS;
    await sweep(world.start());
    expect(await open(world)).toEqual([]);
    expect((await world.start().calls.journal(KEY)).map(({ event }) => event.type)).toEqual([
      payload.type,
      'call.lost',
    ]);
  });

  it('gives a call up once, where a run that was taken for dead does so behind the next one', async () => {
    const world = new UpkeepWorld();
    await world.tell(KEY, CONNECTING);
    world.clock.nowMs += 10 * MINUTE_MS;
    let wasOvertaken = false;
    const gate = async ({ port, operation }: PortRequest, when: string) => {
      if (port !== 'calls' || operation !== 'commit' || when !== 'before' || wasOvertaken) return;
      wasOvertaken = true;
      world.clock.nowMs += 2 * MINUTE_MS;
      await sweep(world.start());
    };

    await sweep(world.start(new Faults({ gate })));

    expect(wasOvertaken).toBe(true);
    expect((await world.start().calls.journal(KEY)).map(({ event }) => event.type)).toEqual([
      CONNECTING.type,
      'call.lost',
    ]);
  });

  it('counts from the receipt of what was heard last, not from its time', async () => {
    const world = new UpkeepWorld();
    const late = world.event(CONNECTING, { wireId: 'leg', at: eventTimeOf(world.clock.nowMs - DAY_MS) });
    await world.start().worker.record(KEY, { events: [late] });
    world.clock.nowMs += 5 * MINUTE_MS;

    await sweep(world.start());

    expect((await world.head(KEY))?.call.state).toBe('connecting');
  });

  it('takes the true end of a call that it gave up from the event that tells it', async () => {
    const world = new UpkeepWorld();
    await world.tell(KEY, CONNECTING);
    const endedAt = eventTimeOf(world.clock.nowMs + MINUTE_MS);
    world.clock.nowMs += 11 * MINUTE_MS;
    await sweep(world.start());

    const told = world.event(DISCONNECTED, { wireId: `leg-${KEY}`, at: endedAt });
    await world.start().worker.record(KEY, { events: [told] });

    expect((await world.head(KEY))?.call).toMatchObject({ state: 'disconnected', endedAt });
  });

  it('leaves a quiet call that ACS says is open, and asks again only after the same time', async () => {
    const world = new UpkeepWorld();
    world.acs.answer = 'open';
    await world.tell(KEY, CONNECTING);
    world.clock.nowMs += 10 * MINUTE_MS;
    for (let minute = 0; minute < 10; minute++) {
      await sweep(world.start());
      world.clock.nowMs += MINUTE_MS;
    }
    expect(world.acs.asked).toEqual([`leg-${KEY}`]);
    expect((await world.head(KEY))?.call.state).toBe('connecting');

    world.acs.answer = 'gone';
    await sweep(world.start());

    expect(world.acs.asked).toHaveLength(2);
    expect((await world.head(KEY))?.call.state).toBe('disconnected');
  });

  it('leaves a quiet call that ACS gives no answer about, and asks again with the next sweep', async () => {
    const world = new UpkeepWorld();
    world.acs.answer = 'noAnswer';
    await world.tell(KEY, CONNECTING);
    world.clock.nowMs += 10 * MINUTE_MS;
    const ports = world.start();
    await sweep(ports);
    await sweep(ports);
    expect(world.acs.asked).toHaveLength(2);
    expect((await world.head(KEY))?.call).toMatchObject({ state: 'connecting', lostAt: null });
    expect(ports.logged.find(({ name }) => name === 'swept')?.fields).toMatchObject({ unanswered: 1 });

    world.acs.answer = 'open';
    await sweep(ports);
    await sweep(ports);

    expect(world.acs.asked).toHaveLength(3);
  });

  it('gives up no call whose request still waits to be sent', async () => {
    const world = new UpkeepWorld();
    world.acs.result = { kind: 'notNow', reason: 'throttled', retryAfterMs: 30 * MINUTE_MS };
    world.decider = {
      version: 'places',
      decide: (_call, signal) =>
        signal.type === 'connected' ? { actions: [{ kind: 'joinCall', arguments: {} }] } : {},
    };
    await world.start().worker.record(KEY, { events: [world.event(CONNECTED, { wireId: null })] });
    world.clock.nowMs += 25 * HOUR_MS;
    world.acs.result = { kind: 'notNow', reason: 'throttled', retryAfterMs: 30 * MINUTE_MS };

    await sweep(world.start());
    await sweep(world.start());

    expect((await world.head(KEY))?.call.lostAt).toBeNull();
  });
});

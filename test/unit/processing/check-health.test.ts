import { describe, expect, it } from 'vitest';
import { checkHealth, watchQueue } from '../../../shared/processing/check-health.ts';
import { Crash, Faults, failWhere, refusal } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

const SET = { callbackSecrets: ['secret'] };

describe('checkHealth', () => {
  it('is ok when storage answers and nothing waits', async () => {
    const instance = new MemoryWorld().startInstance();

    expect(await checkHealth({ ...instance, settings: SET })).toEqual({
      status: 'ok',
      storage: { tables: true, queues: true },
      queue: { oldestAgeSeconds: null },
      callbackSecret: 'set',
    });
  });

  it.each([
    { waitedSeconds: 0, status: 'ok' },
    { waitedSeconds: 60, status: 'ok' },
    { waitedSeconds: 61, status: 'degraded' },
    { waitedSeconds: 3_600, status: 'degraded' },
  ])('is $status when the first message has waited $waitedSeconds s', async ({ waitedSeconds, status }) => {
    const world = new MemoryWorld();
    await world.callEvents.put('waiting');
    world.clock.nowMs += waitedSeconds * 1_000;

    const health = await checkHealth({ ...world.startInstance(), clock: world.clock, settings: SET });

    expect(health).toMatchObject({ status, queue: { oldestAgeSeconds: waitedSeconds } });
  });

  it('is unavailable within seconds when storage does not answer at all', async () => {
    const instance = new MemoryWorld().startInstance();
    const calls = { load: () => new Promise(() => undefined) } as unknown as typeof instance.calls;

    const health = await checkHealth({ ...instance, calls, settings: SET });

    expect(health).toMatchObject({ status: 'unavailable', storage: { tables: false, queues: true } });
  });

  it('tells no age below zero when the clocks differ', async () => {
    const world = new MemoryWorld();
    await world.callEvents.put('waiting');
    const clock = { ...world.clock, now: () => world.clock.nowMs - 5_000 };

    const health = await checkHealth({ ...world.startInstance(), clock, settings: SET });

    expect(health.queue.oldestAgeSeconds).toBe(0);
  });

  it('is degraded when no secret is set', async () => {
    const instance = new MemoryWorld().startInstance();

    expect(await checkHealth({ ...instance, settings: { callbackSecrets: [] } })).toMatchObject({
      status: 'degraded',
      callbackSecret: 'missing',
    });
  });

  it.each([
    { port: 'calls', storage: { tables: false, queues: true }, error: undefined },
    { port: 'callEvents', storage: { tables: true, queues: false }, error: undefined },
    { port: 'calls', storage: { tables: false, queues: true }, error: refusal() },
  ])('is unavailable when $port cannot be reached', async ({ port, storage, error }) => {
    const plan = failWhere(request => request.port === port, error === undefined ? {} : { error });
    const instance = new MemoryWorld().startInstance(new Faults({ plan }));

    expect(await checkHealth({ ...instance, settings: SET })).toMatchObject({
      status: 'unavailable',
      storage,
    });
  });

  it('throws errors of the program', async () => {
    const plan = failWhere(() => true, { error: new Crash('a bug') });
    const instance = new MemoryWorld().startInstance(new Faults({ plan }));

    await expect(checkHealth({ ...instance, settings: SET })).rejects.toThrow('a bug');
  });
});

describe('watchQueue', () => {
  it.each([
    { waitedSeconds: 60, logged: [] },
    { waitedSeconds: 61, logged: [{ name: 'eventsWait', level: 'warn', fields: { oldestAgeSeconds: 61 } }] },
  ])('logs $logged when the first message has waited $waitedSeconds s', async ({ waitedSeconds, logged }) => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    await world.callEvents.put('waiting');
    world.clock.nowMs += waitedSeconds * 1_000;

    await watchQueue({ ...instance, clock: world.clock });

    expect(instance.logged).toMatchObject(logged);
  });

  it('logs nothing when nothing waits', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();

    await watchQueue({ ...instance, clock: world.clock });

    expect(instance.logged).toEqual([]);
  });
});

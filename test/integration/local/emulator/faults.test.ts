import { afterEach, describe, expect, it } from 'vitest';
import type { FaultSettingsInput } from '../../../../local/emulator/faults/fault-settings.ts';
import { inWords } from '../../../support/emulator/callback-receiver.ts';
import {
  BOB,
  BUSY,
  createCallBody,
  type EmulatorWorld,
  NEVER,
  startEmulatorWorld,
} from '../../../support/emulator/emulator-world.ts';

let world: EmulatorWorld;
afterEach(() => world.close());

async function start(faults: FaultSettingsInput, speed = 20) {
  world = await startEmulatorWorld({ faults, speed });
  return world;
}

const TERMINATED = 'CallLegStateChanged Terminated';

describe('faults of requests', () => {
  it.each([
    { fault: 'throttle', status: 429, rings: 0, message: 'Too many requests.' },
    { fault: 'failBefore', status: 503, rings: 0, message: 'The service is not available.' },
    { fault: 'failAfter', status: 500, rings: 1, message: 'Something went wrong.' },
  ])('answer $status and ring $rings times: $fault', async ({ fault, status, rings, message }) => {
    const { acs, control, callbackUri } = await start({ requests: { [fault]: 1, retryAfterSeconds: 7 } });

    const told = await acs('POST', '/calling/calls', { body: createCallBody(callbackUri('k')) });

    expect(told).toMatchObject({ status, body: { code: String(status), message } });
    expect(told.headers.get('retry-after')).toBe(status === 429 ? '7' : null);
    const { body } = await control('GET', 'summary');
    expect(body).toMatchObject({
      ringsByNumber: rings === 0 ? {} : { [BOB]: rings },
      requests: { createCall: 1 },
      executed: rings === 0 ? {} : { createCall: 1 },
      faults: { [fault]: 1 },
    });
  });

  it.each([
    { fault: 'dropBefore', rings: 0 },
    { fault: 'dropAfter', rings: 1 },
  ])('break the connection and ring $rings times: $fault', async ({ fault, rings }) => {
    const { acs, control, callbackUri } = await start({ requests: { [fault]: 1 } });

    const request = acs('POST', '/calling/calls', { body: createCallBody(callbackUri('k')) });

    await expect(request).rejects.toThrow('fetch failed');
    const { body } = await control('GET', 'log?kind=ring');
    expect(body['items']).toHaveLength(rings);
    const logged = await control('GET', 'log?kind=request&callKey=k');
    expect(logged.body['items']).toMatchObject([{ operation: 'createCall', fault, executed: rings === 1 }]);
  });

  it('answer late, by real time: slow', async () => {
    const { acs, callbackUri } = await start({ requests: { slow: 1, slowMs: 400 } });
    const startedAt = performance.now();

    const told = await acs('POST', '/calling/calls', { body: createCallBody(callbackUri('k'), BUSY) });

    expect(told.status).toBe(201);
    expect(performance.now() - startedAt).toBeGreaterThan(390);
    // The call goes on meanwhile: its first event was here before the answer.
    expect(world.words()[0]).toBe('CallLegStateChanged Establishing');
  });

  it('do not hit what is refused anyway', async () => {
    const { acs, control } = await start({ requests: { dropAfter: 1 } });

    const told = await acs('POST', '/calling/calls/unknown/Hangup');

    expect(told.status).toBe(404);
    expect((await control('GET', 'summary')).body).toMatchObject({ faults: {}, executed: {} });
  });
});

describe('faults of callbacks', () => {
  const establishing = 'CallLegStateChanged Establishing';

  it.each<{ name: string; callbacks: NonNullable<FaultSettingsInput['callbacks']>; posts: string[] }>([
    {
      name: 'duplicate',
      callbacks: { duplicate: 1 },
      posts: [establishing, establishing, TERMINATED, TERMINATED],
    },
    {
      name: 'restamp',
      callbacks: { restamp: 1 },
      posts: [establishing, establishing, TERMINATED, TERMINATED],
    },
    // The first is overtaken by the second; then there is nobody left to overtake.
    { name: 'reorder', callbacks: { reorder: 1, holdMs: 5000 }, posts: [TERMINATED, establishing] },
    { name: 'batch', callbacks: { batch: 1, holdMs: 5000 }, posts: [`${establishing}, ${TERMINATED}`] },
    {
      name: 'split',
      callbacks: { batch: 1, split: 1, holdMs: 5000 },
      posts: [`${establishing}, ${TERMINATED}`, establishing, TERMINATED],
    },
    { name: 'delay', callbacks: { delay: 1, delayMs: 2000 }, posts: [establishing, TERMINATED] },
  ])('$name', async ({ callbacks, posts }) => {
    const { call, until, receiver } = await start({ callbacks });

    await call('k', BUSY);
    await until(TERMINATED, posts.filter(words => words.includes(TERMINATED)).length);
    await until(establishing, posts.filter(words => words.includes(establishing)).length);

    expect(receiver.posts.map(({ events }) => events.map(inWords).join(', '))).toEqual(posts);
  });

  it('duplicate to the letter, and restamp by less than a millisecond', async () => {
    const { call, until, receiver } = await start({ callbacks: { duplicate: 1, restamp: 1 } });

    await call('k', BUSY);
    await until(TERMINATED, 3);

    const [event, duplicate, restamped] = receiver.events();
    expect(duplicate).toEqual(event);
    expect({ ...restamped, eventTime: event?.eventTime }).toEqual(event);
    expect(restamped?.eventTime).not.toBe(event?.eventTime);
    expect(restamped?.eventTime.slice(0, 23)).toBe(event?.eventTime.slice(0, 23));
  });

  it('drop, and say so in the log', async () => {
    const { call, control, receiver } = await start({ callbacks: { drop: 1 } });
    const id = await call('k', NEVER);

    await control('POST', `calls/${id}/decline`);

    expect((await control('GET', 'summary')).body['callbacks']).toMatchObject({ dropped: 2, delivered: 0 });
    expect(receiver.posts).toEqual([]);
  });
});

describe('the dial', () => {
  it('is turned at run time', async () => {
    const { acs, control, callbackUri } = await start({});
    const create = () => acs('POST', '/calling/calls', { body: createCallBody(callbackUri('k')) });

    const before = await create();
    const turned = await control('PUT', 'faults', { requests: { throttle: 1 } });
    const throttled = await create();
    await control('PUT', 'faults', {});
    const after = await create();

    expect([before, throttled, after].map(({ status }) => status)).toEqual([201, 429, 201]);
    expect(turned).toMatchObject({ status: 200, body: { requests: { throttle: 1, slow: 0 } } });
    expect((await control('GET', 'faults')).body).toMatchObject({ requests: { throttle: 0 } });
  });

  it('says what is wrong with its settings, and stays as it was', async () => {
    const { control } = await start({ callbacks: { drop: 0.5 } });

    const told = await control('PUT', 'faults', { callbacks: { drop: 2 } });

    expect(told).toMatchObject({ status: 400, body: { issues: [{ pointer: '/callbacks/drop' }] } });
    expect((await control('GET', 'faults')).body).toMatchObject({ callbacks: { drop: 0.5 } });
  });
});

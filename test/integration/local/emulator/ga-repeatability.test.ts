import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../../../local/emulator/start-emulator.ts';
import { BOB, type GaWorld, LINE, startGaWorld } from '../../../support/emulator/ga-world.ts';

const ID = '5b1f0b4e-6f2a-4c3d-9a77-0d2c5a1e9f10';
const PATH = '/calling/callConnections';

let world: GaWorld;
afterEach(() => world.close());

function headers(firstSentMs = Date.now(), id = ID) {
  return { 'repeatability-request-id': id, 'repeatability-first-sent': new Date(firstSentMs).toUTCString() };
}

function createBody(to = BOB) {
  return {
    targets: [{ phoneNumber: { value: to } }],
    sourceCallerIdNumber: { value: LINE },
    callbackUri: world.callbackUri('key1'),
  };
}

async function start(options: EmulatorOptions = {}): Promise<void> {
  world = await startGaWorld({ callbacks: { attempts: 1 }, ...options });
}

async function placed(): Promise<number> {
  const { body } = await world.control('GET', 'summary');
  return (body as { happened: { callPlaced?: number } }).happened.callPlaced ?? 0;
}

describe('repeatability headers', () => {
  it('have the first answer given again, and nothing done twice', async () => {
    await start();
    const request = { body: createBody(), headers: headers() };

    const first = await world.acs('POST', PATH, request);
    const second = await world.acs('POST', PATH, request);

    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('repeatability-result')).toBe('accepted');
    expect(await placed()).toBe(1);
    expect((await world.control('GET', 'summary')).body).toMatchObject({
      requests: { createCall: 2 },
      executed: { createCall: 1 },
      repeated: { createCall: 1 },
    });
  });

  it('have it given when the first answer was lost', async () => {
    await start({ faults: { requests: { failAfter: 1 } } });
    const request = { body: createBody(), headers: headers() };

    const lost = await world.acs('POST', PATH, request);
    await world.control('PUT', 'faults', {});
    const again = await world.acs('POST', PATH, request);

    expect([lost.status, again.status]).toEqual([500, 201]);
    expect(await placed()).toBe(1);
  });

  it('do not keep a request that was never carried out from being so', async () => {
    await start({ faults: { requests: { failBefore: 1 } } });
    const request = { body: createBody(), headers: headers() };

    const failed = await world.acs('POST', PATH, request);
    await world.control('PUT', 'faults', {});
    const again = await world.acs('POST', PATH, request);

    expect([failed.status, again.status]).toEqual([503, 201]);
    expect(await placed()).toBe(1);
  });

  it('are refused with other content, with another time, alone, and where they are none', async () => {
    await start();
    const now = Date.now();
    await world.acs('POST', PATH, { body: createBody(), headers: headers(now) });
    const firstSent = headers(now)['repeatability-first-sent'];

    const wrong = [
      { body: createBody('+14255550199'), headers: headers(now) },
      { body: createBody(), headers: headers(now - 2000) },
      { body: createBody(), headers: { 'repeatability-request-id': ID } },
      { body: createBody(), headers: { 'repeatability-first-sent': firstSent } },
      { body: createBody(), headers: headers(now, 'the same as ever') },
      { body: createBody(), headers: { ...headers(now), 'repeatability-first-sent': 'today' } },
    ];

    for (const request of wrong) {
      const { status, body } = await world.acs('POST', PATH, request);
      expect({ status, body }).toMatchObject({ status: 400, body: { error: { code: '8523' } } });
    }
    expect(await placed()).toBe(1);
  });

  it('are refused while the first is under way', async () => {
    await start({ faults: { requests: { slow: 1, slowMs: 1000 } } });
    const request = { body: createBody(), headers: headers() };

    const first = world.acs('POST', PATH, request);
    await delay(100);
    await world.control('PUT', 'faults', {});
    const early = await world.acs('POST', PATH, request);
    const { status } = await first;
    const late = await world.acs('POST', PATH, request);

    expect([early.status, status, late.status]).toEqual([409, 201, 201]);
    expect(await placed()).toBe(1);
  });

  it('are refused, and nothing done, when the window is over', async () => {
    await start();
    const old = { body: createBody(), headers: headers(Date.now() - 301_000) };

    const { status, headers: told } = await world.acs('POST', PATH, old);

    expect({ status, result: told.get('repeatability-result') }).toEqual({ status: 412, result: 'rejected' });
    expect(await placed()).toBe(0);
  });

  it('mean nothing where they are switched off', async () => {
    await start({ repeatabilitySeconds: 0 });
    const request = { body: createBody(), headers: headers() };
    const answers = [await world.acs('POST', PATH, request), await world.acs('POST', PATH, request)];

    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(answers[0]?.body['callConnectionId']).not.toBe(answers[1]?.body['callConnectionId']);
    expect(await placed()).toBe(2);
  });

  it('are not looked at by operations that do not take them', async () => {
    await start();
    const { id } = await world.call();
    const body = { playSources: [{ kind: 'text', text: { text: 'Hello' } }], operationContext: 'p1' };
    const request = { body, headers: headers(Date.now() - 301_000) };
    const path = `/calling/callConnections/${id}:play`;

    const answers = [await world.acs('POST', path, request), await world.acs('POST', path, request)];
    await world.until('PlayCompleted p1 200/0', 2);

    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BOB,
  type EmulatorWorld,
  GROUP,
  joinBody,
  startEmulatorWorld,
} from '../../../support/emulator/emulator-world.ts';

let world: EmulatorWorld;
beforeAll(async () => {
  // Nobody does anything by themselves but the one who is to answer.
  world = await startEmulatorWorld({ callees: { callees: [{ match: '*', script: { pickUp: 'never' } }] } });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.control('DELETE', 'log');
});

interface CallView {
  readonly callId: string;
  readonly callKey: string;
  readonly state: string;
  readonly participants: readonly { readonly who: string; readonly isMuted: boolean }[];
}

describe('a call driven by hand', () => {
  it('is answered, muted, unmuted, joined, given tones, and hung up, by its id or the key of the app', async () => {
    const { call, control, until, words } = world;
    const id = await call('by-hand');

    expect((await control('POST', `calls/${id}/answer`)).status).toBe(200);
    await control('POST', 'calls/by-hand/mute', { who: BOB });
    await control('POST', 'calls/by-hand/unmute');
    await control('POST', `calls/${id}/join`, { who: '8:acs:resource_guest' });
    await control('POST', `calls/${id}/press`, { keys: '5', who: BOB });
    const seen = (await control('GET', 'calls/by-hand')).body as unknown as CallView;
    await control('POST', `calls/${id}/hang-up`, { who: '8:acs:resource_guest' });
    await control('POST', `calls/${id}/hang-up`);
    await until('CallLegStateChanged Terminated');

    expect(seen).toMatchObject({
      callId: id,
      callKey: 'by-hand',
      state: 'connected',
      callbackUri: world.callbackUri('by-hand').replace('?sig=secret', ''),
      participants: [
        { who: '8:acs:resource_app' },
        { who: BOB, isMuted: false },
        { who: '8:acs:resource_guest' },
      ],
    });
    expect(words().filter(word => !word.startsWith('CallLegState'))).toEqual([
      'ParticipantsUpdated 2',
      'ParticipantsUpdated 2',
      'ParticipantsUpdated 2',
      'ParticipantsUpdated 3',
      'DtmfReceived Tone5',
      'ParticipantsUpdated 2',
      'ParticipantsUpdated 1',
    ]);
  });

  it.each([
    { path: 'calls/unknown/answer', body: {}, status: 404 },
    { path: 'calls/{id}/press', body: { keys: '1' }, status: 409 },
    { path: 'calls/{id}/hang-up', body: {}, status: 409 },
    { path: 'calls/{id}/answer', body: { who: '+1999' }, status: 409 },
    { path: 'calls/{id}/join', body: { who: '+1999' }, status: 409 },
    { path: 'calls/{id}/press', body: { keys: 'x' }, status: 400 },
    { path: 'calls/{id}/press', body: '{', status: 400 },
    { path: 'calls/{id}/dance', body: {}, status: 404 },
  ])('answers $status to $path with $body while it rings', async ({ path, body, status }) => {
    const id = await world.call('ringing');

    const told = await world.control('POST', path.replace('{id}', id), body);

    expect(told).toMatchObject({
      status,
      body: { code: String(status), message: expect.any(String) as unknown },
    });
  });

  it('is listed by its state', async () => {
    const id = await world.call('listed');
    await world.control('POST', `calls/${id}/decline`);

    const listed = await Promise.all(
      ['', '?state=disconnected', '?state=connected'].map(async query => {
        const { items } = (await world.control('GET', `calls${query}`)).body as { items: CallView[] };
        return items.some(({ callId }) => callId === id);
      }),
    );

    expect(listed).toEqual([true, true, false]);
  });
});

describe('the log', () => {
  it('says what was asked and what was done, and is found by call, key, context, kind and person', async () => {
    const { acs, call, control } = world;
    const id = await call('logged');
    await control('POST', `calls/${id}/answer`);
    await acs('POST', `/calling/calls/${id}/PlayAudio`, {
      body: { audioFileUri: 'https://x.invalid/a.wav?seconds=600', operationContext: 'p1' },
    });
    await acs('POST', `/calling/calls/${id}/PlayAudio`, { body: {} });

    const kinds = async (query: string) => {
      const { items } = (await control('GET', `log?${query}`)).body as { items: { kind: string }[] };
      return items.map(({ kind }) => kind).filter(kind => kind !== 'callback');
    };

    expect(await kinds(`callId=${id}`)).toEqual([
      'callPlaced',
      'ring',
      'request',
      'answered',
      'connected',
      'joined',
      'play',
      'playStarted',
      'request',
    ]);
    expect(await kinds('callKey=logged&kind=ring')).toEqual(['ring']);
    expect(await kinds(`callbackUri=${encodeURIComponent(world.callbackUri('logged'))}&kind=ring`)).toEqual([
      'ring',
    ]);
    expect(await kinds('operationContext=p1')).toEqual(['play', 'playStarted', 'request']);
    expect(await kinds(`who=${encodeURIComponent(BOB)}&kind=ring`)).toEqual(['ring']);
    expect(await kinds('kind=request')).toEqual(['request', 'request', 'request']);
    expect(await kinds('kind=request&limit=1')).toEqual(['request']);
    expect(JSON.stringify((await control('GET', 'log')).body)).not.toContain('secret');
  });

  it('says which filters there are when one is unknown', async () => {
    const told = await world.control('GET', 'log?number=1');

    expect(told).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('callKey') as unknown },
    });
    expect((await world.control('GET', 'log?limit=many')).status).toBe(400);
  });

  it('begins anew, like the counts, when it is deleted', async () => {
    await world.call('forgotten');

    expect((await world.control('DELETE', 'log')).status).toBe(204);

    expect((await world.control('GET', 'summary')).body).toMatchObject({ happened: {}, ringsByNumber: {} });
  });
});

describe('callees', () => {
  it('are replaced at run time', async () => {
    const { control, acs } = world;
    const book = { conversations: [{ match: GROUP, members: [] }] };
    const join = () =>
      acs('POST', `/calling/conversations/${GROUP}/Join`, { body: joinBody(world.callbackUri('late')) });

    const before = await join();
    const put = await control('PUT', 'callees', book);
    const after = await join();

    expect([before.status, put.status, after.status]).toEqual([404, 200, 202]);
    expect((await control('GET', 'callees')).body).toMatchObject(book);
  });

  it('are refused with a pointer when they are wrong', async () => {
    const told = await world.control('PUT', 'callees', { callees: [{ match: '*', script: 'none' }] });

    expect(told).toMatchObject({ status: 400, body: { issues: [{ pointer: '/callees/0/script' }] } });
  });
});

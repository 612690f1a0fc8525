import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AGENT,
  createCallBody,
  type EmulatorWorld,
  GROUP,
  joinBody,
  NEVER,
  startEmulatorWorld,
} from '../../../support/emulator/emulator-world.ts';

const URI = 'http://127.0.0.1:9/api/callbacks/key';
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const PLAY = {
  audioFileUri: 'https://media.example.invalid/a.wav',
  operationContext: 'p1',
  resourceId: 'r1',
};
const INVITE = { participants: [{ communicationUser: { id: AGENT } }], operationContext: 'i1' };

interface Operation {
  readonly name: string;
  readonly method: string;
  /** `{call}`, `{participant}` and `{member}` stand for a call, somebody on it, and somebody on the conversation. */
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  readonly answer?: Record<string, unknown>;
  readonly bad?: readonly unknown[];
}

const RESULT = { id: expect.stringMatching(GUID) as unknown, resultInfo: null };

const OPERATIONS: readonly Operation[] = [
  {
    name: 'create call',
    method: 'POST',
    path: '/calling/calls',
    body: createCallBody(URI),
    status: 201,
    answer: { callLegId: expect.stringMatching(GUID) as unknown },
    bad: [
      '{',
      {},
      { ...createCallBody(URI), targets: [] },
      { ...createCallBody(URI), targets: [{ phoneNumber: { value: '0800' } }] },
      { ...createCallBody(URI), targets: [{ rawId: 'someone' }] },
      { ...createCallBody(URI), callbackUri: 'callbacks' },
      { ...createCallBody(URI), sourceAlternateIdentity: null },
      { ...createCallBody(URI), requestedModalities: ['smell'] },
      { ...createCallBody(URI), requestedCallEvents: undefined },
    ],
  },
  {
    name: 'play audio',
    method: 'POST',
    path: '/calling/calls/{call}/PlayAudio',
    body: PLAY,
    status: 202,
    answer: { ...RESULT, status: 'running', operationContext: 'p1' },
    bad: [{}, { ...PLAY, audioFileUri: 'a.wav' }, { ...PLAY, loop: 'yes' }, { ...PLAY, callbackUri: 'x' }],
  },
  {
    name: 'cancel media processing',
    method: 'POST',
    path: '/calling/calls/{call}/CancelMediaProcessing',
    body: { operationContext: 'c1' },
    status: 200,
    answer: { ...RESULT, status: 'completed', operationContext: 'c1' },
    bad: [{ operationContext: 7 }],
  },
  {
    name: 'invite participants',
    method: 'POST',
    path: '/calling/calls/{call}/participants',
    body: INVITE,
    status: 202,
    bad: [{}, { participants: [] }, { participants: [{ phoneNumber: { value: '+14255550142' } }] }],
  },
  {
    name: 'remove participant',
    method: 'DELETE',
    path: '/calling/calls/{call}/participants/{participant}',
    status: 202,
  },
  { name: 'hang up', method: 'POST', path: '/calling/calls/{call}/Hangup', status: 202 },
  { name: 'end for all', method: 'DELETE', path: '/calling/calls/{call}', status: 202 },
  {
    name: 'join conversation',
    method: 'POST',
    path: `/calling/conversations/${GROUP}/Join`,
    body: joinBody(URI),
    status: 202,
    answer: { callLegId: expect.stringMatching(GUID) as unknown },
    bad: [{}, { ...joinBody(URI), source: undefined }],
  },
  {
    name: 'invite to conversation',
    method: 'POST',
    path: `/calling/conversations/${GROUP}/participants`,
    body: { ...INVITE, callbackUri: URI },
    status: 202,
    bad: [{}, { ...INVITE, callbackUri: 'x' }],
  },
  {
    name: 'remove from conversation',
    method: 'DELETE',
    path: `/calling/conversations/${GROUP}/participants/{member}`,
    status: 202,
  },
];

let world: EmulatorWorld;
beforeAll(async () => {
  world = await startEmulatorWorld({ callbacks: { attempts: 1 } });
});
afterAll(() => world.close());

/** The path with a call, somebody on it and somebody on the conversation, as long as there is anybody, made for it. */
async function fill(path: string): Promise<string> {
  const { call, acs, control, until, callbackUri } = world;
  if (path.includes('{call}')) {
    const before = world.words().filter(word => word === 'ParticipantsUpdated 2').length;
    const id = await call();
    await until('ParticipantsUpdated 2', before + 1);
    const { participants } = (await control('GET', `calls/${id}`)).body as {
      participants: { participantId: string; who: string }[];
    };
    const bob = participants.find(({ who }) => who.startsWith('+'))?.participantId ?? '';
    return path.replace('{call}', id).replace('{participant}', bob);
  }
  if (!path.includes('{member}')) return path;
  const joined = await acs('POST', `/calling/conversations/${GROUP}/join`, {
    body: joinBody(callbackUri('m')),
  });
  const id = String(joined.body['callLegId']);
  const roster = async () => {
    const { body } = await control('GET', `calls/${id}`);
    return (body as { participants: { participantId: string; who: string }[] }).participants;
  };
  return path.replace(
    '{member}',
    (await roster()).find(({ who }) => who.endsWith('ann'))?.participantId ?? 'nobody',
  );
}

describe.each(OPERATIONS)('$name', ({ method, path, body, status, answer = {}, bad = [] }) => {
  it('is taken when it is signed and whole', async () => {
    const told = await world.acs(method, await fill(path), { body });

    expect({ status: told.status, body: told.body }).toEqual({ status, body: answer });
  });

  it('is refused with 401 and its reason when it is signed with another key, or not at all', async () => {
    const target = await fill(path);
    const otherKey = await world.acs(method, target, { body, accessKey: 'b3RoZXI=' });
    const unsigned = await world.acs(method, target, { body, signed: false });

    expect([otherKey, unsigned].map(told => ({ status: told.status, body: told.body }))).toEqual([
      { status: 401, body: { code: '401', message: 'The signature does not match.' } },
      { status: 401, body: { code: '401', message: 'The Authorization header is missing.' } },
    ]);
  });

  it('is refused with 400 without an api-version that is known', async () => {
    for (const apiVersion of [null, '2023-10-15']) {
      const told = await world.acs(method, path, { body, apiVersion });

      expect(told).toMatchObject({
        status: 400,
        body: { code: '400', message: expect.stringContaining('api-version') as unknown },
      });
    }
  });

  it.each(bad.map(wrong => ({ wrong })))('is refused with 400 for $wrong', async ({ wrong }) => {
    const told = await world.acs(method, path, { body: wrong });

    expect(told).toMatchObject({
      status: 400,
      body: { code: '400', message: expect.stringContaining('The request') as unknown },
    });
  });
});

describe('what is not there', () => {
  const unknown = OPERATIONS.filter(({ path }) => path !== '/calling/calls').map(operation => ({
    ...operation,
    path: operation.path.replace('{call}', 'unknown').replace(GROUP, 'unknown'),
  }));

  it.each(unknown)(
    'is refused with 404: $name on a call or conversation that is not known',
    async operation => {
      const { method, path, body } = operation;

      expect(await world.acs(method, path, { body })).toMatchObject({ status: 404, body: { code: '8522' } });
    },
  );

  it('is refused with 404: a participant who is not on the call', async () => {
    const path = await fill('/calling/calls/{call}/participants/nobody');

    expect(await world.acs('DELETE', path)).toMatchObject({ status: 404, body: { code: '404' } });
  });

  it('is refused with 404: a path that no version has', async () => {
    expect(await world.acs('POST', '/calling/serverCalls')).toMatchObject({
      status: 404,
      body: { code: '404' },
    });
  });
});

describe('a call', () => {
  it.each(['PlayAudio', 'participants'])('takes no %s before it is established', async name => {
    const id = await world.call('ringing', NEVER);
    const body = name === 'PlayAudio' ? PLAY : INVITE;

    const told = await world.acs('POST', `/calling/calls/${id}/${name}`, { body });

    expect(told).toMatchObject({ status: 400, body: { code: '8501' } });
  });

  it('is gone once it has ended', async () => {
    const path = await fill('/calling/calls/{call}/Hangup');
    await world.acs('POST', path);

    expect(await world.acs('POST', path)).toMatchObject({ status: 404, body: { code: '8522' } });
  });
});

describe('api versions', () => {
  it.each([
    { apiVersion: '2021-03-28-preview0', verb: 'CancelMediaOperations', status: 200 },
    { apiVersion: '2021-04-15-preview1', verb: 'CancelMediaOperations', status: 200 },
    { apiVersion: '2021-04-15-preview1', verb: 'CancelMediaProcessing', status: 404 },
    { apiVersion: '2021-05-28-preview2', verb: 'CancelMediaOperations', status: 404 },
  ])('$apiVersion answers $verb with $status', async ({ apiVersion, verb, status }) => {
    const path = await fill(`/calling/calls/{call}/${verb}`);

    expect((await world.acs('POST', path, { apiVersion })).status).toBe(status);
  });

  it('know no repeatability: a request that comes twice is carried out twice', async () => {
    const headers = {
      'repeatability-request-id': '0a0b0c0d-0000-4000-8000-000000000001',
      'repeatability-first-sent': new Date().toUTCString(),
    };
    const body = createCallBody(URI);

    const [first, second] = [
      await world.acs('POST', '/calling/calls', { body, headers }),
      await world.acs('POST', '/calling/calls', { body, headers }),
    ];

    expect(second.status).toBe(201);
    expect(second.body['callLegId']).not.toBe(first.body['callLegId']);
  });
});

describe('other ways to be run', () => {
  it('answers with the statuses of the overview page, and takes unsigned requests, when told to', async () => {
    const other = await startEmulatorWorld({ statuses: 'overview', auth: false });
    try {
      const created = await other.acs('POST', '/calling/calls', { body: createCallBody(URI), signed: false });
      const joined = await other.acs('POST', `/calling/conversations/${GROUP}/join`, { body: joinBody(URI) });

      expect([created.status, joined.status]).toEqual([200, 200]);
    } finally {
      await other.close();
    }
  });
});

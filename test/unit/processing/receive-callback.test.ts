import { describe, expect, it } from 'vitest';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { problem } from '../../../shared/problems/problem.ts';
import { type Callback, receiveCallback } from '../../../shared/processing/receive-callback.ts';
import { decodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { nineElements, RECEIVED_AT, rosterOf } from '../../support/call-elements.ts';
import { atSecond, CALL_KEY } from '../../support/call-events.ts';
import { Crash, Faults, failWhere, refusal, unavailable } from '../../support/faults.ts';
import { loadFixture } from '../../support/load-fixture.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { noise } from '../../support/noise.ts';
import { element } from '../../support/preview-2021-04-elements.ts';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function callbackOf(body: unknown, callKey: string | undefined = CALL_KEY): Callback {
  return {
    callKey,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    receivedAt: RECEIVED_AT,
    traceparent: TRACEPARENT,
  };
}

async function messagesIn(world: MemoryWorld) {
  const received = await world.callEvents.receive(32, 30);
  return received.map(message => decodeCallEvents(message.text ?? ''));
}

async function parkedIn({ parked }: Instance) {
  return (await parked.list({ limit: 100 })).items;
}

function ofLeg(callLegId: string, second: number) {
  return element(
    'CallLegStateChanged',
    { ConversationId: null, CallState: 'Establishing' },
    { callLegId, eventTime: atSecond(second) },
  );
}

/** Recognised, and no valid event. */
const MALFORMED = element('CallLegStateChanged', { ConversationId: null });
const UNRECOGNISED = { hello: 'world' };
const NAMELESS = {
  eventType: 'Microsoft.Communication.CallLegStateChanged',
  eventTime: atSecond(0),
  data: { CallState: 'Established' },
};

describe('receiveCallback', () => {
  it('puts all events of a callback with a key in its URL into one message', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();

    const result = await receiveCallback(instance, callbackOf(nineElements()));

    expect(result).toEqual({ ok: true, received: { accepted: 9, parked: [] } });
    expect(await messagesIn(world)).toEqual([
      {
        callKey: CALL_KEY,
        receivedAt: RECEIVED_AT,
        attempt: 0,
        traceparent: TRACEPARENT,
        elements: nineElements(),
      },
    ]);
    expect(instance.faults.requests).toHaveLength(1);
    expect(instance.logged).toEqual([
      {
        id: 100,
        name: 'callbackReceived',
        level: 'info',
        fields: { accepted: 9, parked: 0, calls: 1 },
      },
    ]);
  });

  it('parks an element that is too deep, and takes the good one beside it', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    const nested = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) as unknown;
    const tooDeep = element('SomethingNew', { nested });

    const result = await receiveCallback(instance, callbackOf([nineElements()[0], tooDeep]));

    expect(result).toMatchObject({ ok: true, received: { accepted: 1, parked: [{ pointer: '/1' }] } });
    expect((await parkedIn(instance)).map(({ text }) => text)).toEqual([JSON.stringify(tooDeep)]);
  });

  it('puts the messages of a thousand calls a few at a time', async () => {
    const world = new MemoryWorld();
    let inWork = 0;
    let mostAtOnce = 0;
    const callEvents = {
      ...world.callEvents,
      put: async () => {
        inWork += 1;
        mostAtOnce = Math.max(mostAtOnce, inWork);
        await new Promise(resolve => setImmediate(resolve));
        inWork -= 1;
      },
    } as unknown as Instance['callEvents'];
    const elements = Array.from({ length: 1_000 }, (_, index) => ofLeg(`leg-${index}`, 1));
    const callback = { ...callbackOf(elements), callKey: undefined };

    const result = await receiveCallback({ ...world.startInstance(), callEvents }, callback);

    expect(result).toMatchObject({ received: { accepted: 1_000 } });
    expect(mostAtOnce).toBe(32);
  });

  it('takes one event that is in no array', async () => {
    const world = new MemoryWorld();

    const result = await receiveCallback(world.startInstance(), callbackOf(nineElements()[0]));

    expect(result).toEqual({ ok: true, received: { accepted: 1, parked: [] } });
    expect((await messagesIn(world))[0]?.elements).toEqual(nineElements().slice(0, 1));
  });

  it('puts one message for each call, its events in their order, when the URL has no key', async () => {
    const world = new MemoryWorld();
    const elements = [ofLeg('a', 1), ofLeg('b', 2), ofLeg('a', 3), ofLeg('c', 4), ofLeg('b', 5)];
    const callback = { ...callbackOf(elements), callKey: undefined };

    await receiveCallback(world.startInstance(), callback);

    const messages = await messagesIn(world);
    expect(Object.fromEntries(messages.map(message => [message?.callKey, message?.elements]))).toEqual({
      [callKeyOf('a')]: [elements[0], elements[2]],
      [callKeyOf('b')]: [elements[1], elements[4]],
      [callKeyOf('c')]: [elements[3]],
    });
  });

  it('parks what cannot be processed, each with its place and reason, and accepts the rest', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    const callback = {
      ...callbackOf([UNRECOGNISED, ofLeg('a', 1), MALFORMED, NAMELESS, 7]),
      callKey: undefined,
    };

    const result = await receiveCallback(instance, callback);

    expect(result).toMatchObject({
      ok: true,
      received: {
        accepted: 1,
        parked: [{ pointer: '/0' }, { pointer: '/2/data/CallState' }, { pointer: '/3' }, { pointer: '/4' }],
      },
    });
    const parked = await parkedIn(instance);
    expect(parked.map(({ reason, pointer }) => `${reason} ${pointer}`).toSorted()).toEqual([
      'malformed /0',
      'malformed /2/data/CallState',
      'malformed /4',
      'noCallId /3',
    ]);
    expect(JSON.parse(parked.find(({ pointer }) => pointer === '/3')?.text ?? '')).toEqual(NAMELESS);
    expect(await messagesIn(world)).toHaveLength(1);
  });

  it('accepts with nothing in the queue when all that it recognises has to be parked', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();

    const result = await receiveCallback(instance, callbackOf(MALFORMED));

    expect(result).toMatchObject({
      ok: true,
      received: { accepted: 0, parked: [{ pointer: '/data/CallState' }] },
    });
    expect(world.callEvents.size).toBe(0);
    expect(await parkedIn(instance)).toMatchObject([{ reason: 'malformed', callKey: CALL_KEY }]);
  });

  it('parks an element with more faults than can be told, and says how many', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    const many = element('ParticipantsUpdated', { Participants: Array.from({ length: 3_000 }, () => ({})) });

    const result = await receiveCallback(instance, callbackOf([many, ...nineElements()]));

    expect(result).toMatchObject({ ok: true, received: { accepted: 9 } });
    const [parked] = await parkedIn(instance);
    expect(parked?.detail).toMatch(/; and \d+ more$/);
  });

  it('parks an event that no message can hold, and puts the others', async () => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    const huge = { ...(nineElements()[0] as object), metadata: noise(90_000) };

    const result = await receiveCallback(instance, callbackOf([nineElements()[0], huge, nineElements()[1]]));

    expect(result).toMatchObject({ ok: true, received: { accepted: 2, parked: [{ pointer: '/1' }] } });
    expect(await parkedIn(instance)).toMatchObject([{ reason: 'tooLarge', pointer: '/1' }]);
    const elements = (await messagesIn(world)).flatMap(message => message?.elements ?? []);
    expect(elements).toEqual(nineElements().slice(0, 2));
  });

  it('puts several messages when the events of a call need them', async () => {
    const world = new MemoryWorld();
    const elements = Array.from({ length: 8 }, (_, index) => ({
      ...(nineElements()[0] as object),
      index,
      metadata: noise(30_000, index),
    }));

    const result = await receiveCallback(world.startInstance(), callbackOf(elements));

    expect(result).toMatchObject({ ok: true, received: { accepted: 8, parked: [] } });
    const messages = await messagesIn(world);
    expect(messages.length).toBeGreaterThan(1);
    const indexes = messages.flatMap(message =>
      (message?.elements ?? []).map(each => (each as { index: number }).index),
    );
    expect(indexes.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('takes 350 participants in one message', async () => {
    const world = new MemoryWorld();

    await receiveCallback(world.startInstance(), callbackOf(rosterOf(350, 1)));

    expect(await messagesIn(world)).toHaveLength(1);
  });

  describe('refuses, and keeps nothing of,', () => {
    const deep = `${'['.repeat(501)}${']'.repeat(501)}`;
    it.each([
      { name: 'no JSON', body: '{"a":', type: 'invalid-json', status: 400 },
      { name: 'an empty text', body: '', type: 'invalid-json', status: 400 },
      { name: 'an empty array', body: '[]', type: 'nothing-recognised', status: 400 },
      { name: 'nothing that it knows', body: '[{"a":1},2,null]', type: 'nothing-recognised', status: 400 },
      { name: 'a text', body: '"hello"', type: 'nothing-recognised', status: 400 },
      { name: 'deep nesting', body: deep, type: 'too-deep', status: 400 },
      {
        name: 'more than 1,000 events',
        body: `[${'1,'.repeat(1_000)}1]`,
        type: 'too-many-events',
        status: 413,
      },
    ])('$name', async ({ body, type, status }) => {
      const world = new MemoryWorld();
      const instance = world.startInstance();

      const result = await receiveCallback(instance, callbackOf(body));

      expect(result).toMatchObject({
        ok: false,
        problem: { status, type: `urn:ringback:problem:${type}` },
      });
      expect(instance.faults.requests).toEqual([]);
    });

    it('a body that is no JSON, without repeating any of it', async () => {
      const result = await receiveCallback(
        new MemoryWorld().startInstance(),
        callbackOf('[{"RawId":"4:+14255550142"} oops'),
      );

      expect(JSON.stringify(result)).not.toContain('4255550142');
    });
  });

  describe('when storage fails', () => {
    it('parks before it puts', async () => {
      const world = new MemoryWorld();
      const instance = world.startInstance();

      await receiveCallback(instance, callbackOf([UNRECOGNISED, MALFORMED, ...nineElements()]));

      expect(instance.faults.requests.map(({ port, operation }) => `${port} ${operation}`)).toEqual([
        'parked commit',
        'parked commit',
        'callEvents put',
      ]);
    });

    it('answers 503 and puts nothing when parking fails', async () => {
      const world = new MemoryWorld();
      const instance = world.startInstance(new Faults({ plan: failWhere(({ port }) => port === 'parked') }));

      const result = await receiveCallback(instance, callbackOf([UNRECOGNISED, ...nineElements()]));

      expect(result).toMatchObject({ ok: false, problem: { status: 503, retryAfterSeconds: 5 } });
      expect(world.callEvents.size).toBe(0);
    });

    it.each([
      { name: 'before', error: unavailable(), retryAfterSeconds: 5 },
      { name: 'after', error: unavailable(17_500), retryAfterSeconds: 18 },
      { name: 'before', error: refusal(), retryAfterSeconds: 5 },
    ] as const)(
      'answers 503 when the put fails $name it took effect: $error.message',
      async ({ name, error, retryAfterSeconds }) => {
        const world = new MemoryWorld();
        const plan = failWhere(({ operation }) => operation === 'put', { when: name, error });
        const instance = world.startInstance(new Faults({ plan }));

        const result = await receiveCallback(instance, callbackOf(nineElements()));

        expect(result).toMatchObject({ ok: false, problem: { status: 503, retryAfterSeconds } });
        expect(instance.logged).toEqual([]);
      },
    );

    it('answers 503 when only one of several puts fails', async () => {
      const world = new MemoryWorld();
      const plan = failWhere(({ operation }) => operation === 'put', { times: 1 });
      const callback = { ...callbackOf([ofLeg('a', 1), ofLeg('b', 2)]), callKey: undefined };

      const result = await receiveCallback(world.startInstance(new Faults({ plan })), callback);

      expect(result).toMatchObject({ ok: false, problem: { status: 503 } });
    });

    it('lets errors of the program through', async () => {
      const plan = failWhere(({ operation }) => operation === 'put', { error: new Crash('a bug') });
      const instance = new MemoryWorld().startInstance(new Faults({ plan }));

      await expect(receiveCallback(instance, callbackOf(nineElements()))).rejects.toThrow('a bug');
    });
  });
});

describe('receiveCallback where tokens are asked for', () => {
  const [gaEvent] = loadFixture('ga/CallConnected.json') as [unknown];
  const [previewEvent] = loadFixture('preview-2021-08/DtmfReceived.json') as [unknown];
  const [reportEvent] = loadFixture('event-grid/CallStarted.json') as [unknown];
  const unknownEvent = { ...(gaEvent as object), type: 'Microsoft.Communication.SomethingNew' };

  async function receive(body: unknown, authorization: string | null) {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    const asked: (string | null)[] = [];
    const callbackTokens = {
      refusalOf: async (header: string | null) => {
        asked.push(header);
        return header === 'Bearer good' ? undefined : problem('invalid-token', 'No.');
      },
    };
    const result = await receiveCallback(
      { ...instance, callbackTokens },
      { ...callbackOf(body), authorization },
    );
    return { result, asked, messages: await messagesIn(world), parked: await parkedIn(instance) };
  }

  it.each([
    ['an event of GA', [gaEvent]],
    ['an event of an unknown type', [unknownEvent]],
    ['a report', [reportEvent]],
    ['one of GA among others', [previewEvent, ...nineElements(), UNRECOGNISED, gaEvent]],
    ['a malformed one of GA', [{ ...(gaEvent as object), time: 'never' }]],
  ])('refuses %s without one, and keeps nothing', async (_, body) => {
    const { result, messages, parked } = await receive(body, null);

    expect(result).toMatchObject({ ok: false, problem: { status: 401 } });
    expect(messages).toEqual([]);
    expect(parked).toEqual([]);
  });

  it('takes GA in with one', async () => {
    const { result, messages } = await receive([gaEvent], 'Bearer good');

    expect(result).toEqual({ ok: true, received: { accepted: 1, parked: [] } });
    expect(messages[0]?.elements).toEqual([gaEvent]);
  });

  it('asks for none with events of the previews alone', async () => {
    const { result, asked } = await receive([previewEvent, ...nineElements(), UNRECOGNISED], null);

    expect(result).toMatchObject({ ok: true, received: { accepted: 10 } });
    expect(asked).toEqual([]);
  });

  it('takes GA in without one where none is asked for', async () => {
    const result = await receiveCallback(new MemoryWorld().startInstance(), callbackOf([gaEvent]));

    expect(result).toMatchObject({ ok: true, received: { accepted: 1 } });
  });
});

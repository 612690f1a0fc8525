import { describe, expect, it } from 'vitest';
import { readIncomingRoutes } from '../../../shared/actions/incoming-routes.ts';
import { eventTimeOf } from '../../../shared/clock.ts';
import { endReasonOf } from '../../../shared/domain/end-reason.ts';
import { outcomeOf } from '../../../shared/domain/outcome.ts';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { CallEventsProcessor } from '../../../shared/processing/call-events-processor.ts';
import { receiveCallback } from '../../../shared/processing/receive-callback.ts';
import { receiveEventGrid } from '../../../shared/processing/receive-event-grid.ts';
import { loadFixture } from '../../support/load-fixture.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';

const CONNECTION = '411f0b00-0000-4000-8000-000000005858';
const AGENT = '8:acs:a_b';
const SERVER_CALL_ID = incomingCall(new MemoryWorld()).data.serverCallId;

interface Element {
  readonly eventTime: string;
  readonly data: { readonly serverCallId: string };
}

/** The incoming call of the fixtures, that rings from now on. */
function incomingCall(world: MemoryWorld, changes: object = {}): Element {
  const body = loadFixture('event-grid/IncomingCall.pstn.json') as Element | Element[];
  const element = Array.isArray(body) ? body[0] : body;
  if (element === undefined) throw new Error('The fixture is empty.');
  return { ...element, eventTime: new Date(world.clock.nowMs).toISOString(), ...changes };
}

function instanceOf(world: MemoryWorld, routes: unknown): Instance {
  const read = readIncomingRoutes(JSON.stringify(routes));
  if (!read.ok) throw new Error(read.faults.join('; '));
  const instance = world.startInstance();
  const incoming = async () => ({
    routes: read.routes,
    callerDefaults: { cognitiveServicesEndpoint: 'https://speech.example.invalid' },
  });
  const processor = new CallEventsProcessor({ ...instance, clock: world.clock, incoming });
  return { ...instance, processor };
}

async function deliver(world: MemoryWorld, instance: Instance, elements: readonly object[]): Promise<void> {
  const ports = { ...instance, settings: { eventGridTopics: [] } };
  const receivedAt = eventTimeOf(world.clock.nowMs);
  const body = JSON.stringify(elements);
  const result = await receiveEventGrid(ports, { body, receivedAt, traceparent: null });
  expect(result.ok).toBe(true);
}

async function theCall(instance: Instance) {
  const head = await instance.calls.load(callKeyOf(SERVER_CALL_ID));
  if (head === undefined) throw new Error('There is no call.');
  return head.call;
}

describe('routeIncoming', () => {
  it('answers once, however often and by how many the call is delivered', async () => {
    const world = new MemoryWorld();
    const first = instanceOf(world, [{ action: 'answer' }]);
    const second = instanceOf(world, [{ action: 'answer' }]);
    world.provider.answer = () => ({ kind: 'done', wireId: CONNECTION });
    const call = incomingCall(world);

    for (let delivery = 0; delivery < 5; delivery++) await deliver(world, first, [call]);
    await Promise.all([world.work(first), world.work(second)]);
    await world.comeToRest(second);

    expect(world.provider.kinds).toEqual(['answerCall']);
    expect(world.provider.sent[0]?.arguments).toMatchObject({
      caller: '4:+14255550142',
      cognitiveServicesEndpoint: 'https://speech.example.invalid',
    });
    expect(await theCall(first)).toMatchObject({ wireId: CONNECTION, state: 'connecting' });
  });

  it('listens to a caller whose number the network vouches for', async () => {
    const world = new MemoryWorld();
    const instance = instanceOf(world, [{ action: 'answer', from: '+14255550142' }]);
    const call = incomingCall(world);
    const from = { kind: 'phoneNumber', rawId: '4:+14255550142_assertedId' };

    await deliver(world, instance, [{ ...call, data: { ...call['data'], from } }]);
    await world.comeToRest(instance);

    expect(world.provider.sent[0]?.arguments).toMatchObject({ caller: '4:+14255550142' });
  });

  it.each([
    ['no caller', null],
    ['a bot', { kind: 'unknown', rawId: '28:orgid:bot' }],
  ])('answers a call of %s, and listens to nobody in particular', async (_, from) => {
    const world = new MemoryWorld();
    const instance = instanceOf(world, [{ action: 'reject', from: '+*' }, { action: 'answer' }]);
    const call = incomingCall(world);

    await deliver(world, instance, [{ ...call, data: { ...call['data'], from } }]);
    await world.comeToRest(instance);

    expect(world.provider.kinds).toEqual(['answerCall']);
    expect(world.provider.sent[0]?.arguments).not.toHaveProperty('caller');
  });

  it('answers once where it is told of with other ids and in both schemas', async () => {
    const world = new MemoryWorld();
    const instance = instanceOf(world, [{ action: 'answer' }]);
    const call = incomingCall(world);

    await deliver(world, instance, [call, { ...call, id: 'another' }]);
    await world.comeToRest(instance);
    await deliver(world, instance, [{ ...call, id: 'a third' }]);
    await world.comeToRest(instance);

    expect(world.provider.kinds).toEqual(['answerCall']);
  });

  it('takes the callbacks of the answered call in on its own URL', async () => {
    const world = new MemoryWorld();
    const instance = instanceOf(world, [{ action: 'answer' }]);
    world.provider.answer = () => ({ kind: 'done', wireId: CONNECTION });
    await deliver(world, instance, [incomingCall(world)]);
    await world.comeToRest(instance);
    const { callKey } = await theCall(instance);

    const body = JSON.stringify(loadFixture('ga/CallConnected.json')).replaceAll(
      /"callConnectionId":"[^"]*"/g,
      `"callConnectionId":"${CONNECTION}"`,
    );
    const receivedAt = eventTimeOf(world.clock.nowMs);
    await receiveCallback(instance, { callKey, body, receivedAt, traceparent: null });
    await world.comeToRest(instance);

    expect(await theCall(instance)).toMatchObject({ dialect: 'ga', state: 'connected', wireId: CONNECTION });
  });

  it.each([
    {
      route: { action: 'reject', reason: 'busy' },
      kind: 'rejectCall',
      outcome: 'busy',
      text: /rejected/,
    },
    { route: { action: 'reject' }, kind: 'rejectCall', outcome: 'declined', text: /rejected/ },
    {
      route: { action: 'redirect', to: '+*', target: AGENT },
      kind: 'redirectCall',
      outcome: 'unknown',
      text: /sent on to somebody else/,
    },
  ])('does a $kind, after which the call is over: $outcome', async ({ route, kind, outcome, text }) => {
    const world = new MemoryWorld();
    const instance = instanceOf(world, [route]);

    await deliver(world, instance, [incomingCall(world)]);
    await world.comeToRest(instance);

    expect(world.provider.kinds).toEqual([kind]);
    const call = await theCall(instance);
    expect(call.state).toBe('disconnected');
    expect(outcomeOf(call)).toBe(outcome);
    expect(endReasonOf(call)?.text).toMatch(text);
  });

  it('sends a call on once, though it comes in again for whom it was sent to', async () => {
    const world = new MemoryWorld();
    const instance = instanceOf(world, [
      { action: 'redirect', to: '+*', target: AGENT },
      { action: 'answer' },
    ]);
    const call = incomingCall(world);
    await deliver(world, instance, [call]);
    await world.comeToRest(instance);

    const to = { kind: 'communicationUser', rawId: AGENT, communicationUser: { id: AGENT } };
    await deliver(world, instance, [{ ...call, id: 'again', data: { ...call.data, to } }]);
    await world.comeToRest(instance);

    expect(world.provider.kinds).toEqual(['redirectCall']);
  });

  it.each([
    { name: 'no route fits', routes: [{ action: 'answer', to: '+491*' }], lateMs: 0, did: 'ignore' },
    {
      name: 'the first that fits says so',
      routes: [{ action: 'ignore' }, { action: 'answer' }],
      lateMs: 0,
      did: 'ignore',
    },
    { name: 'it rings no more', routes: [{ action: 'answer' }], lateMs: 30_001, did: 'late' },
  ])('records the call and does nothing where $name', async ({ routes, lateMs, did }) => {
    const world = new MemoryWorld();
    const instance = instanceOf(world, routes);
    const call = incomingCall(world);
    world.clock.nowMs += lateMs;

    await deliver(world, instance, [call]);
    await world.comeToRest(instance);

    expect(world.provider.sent).toEqual([]);
    expect((await theCall(instance)).state).toBe('connecting');
    expect(instance.logged.find(({ name }) => name === 'incomingRouted')?.fields).toMatchObject({ did });
  });

  it('still answers when it was told of in the last moment of its ringing', async () => {
    const world = new MemoryWorld();
    const instance = instanceOf(world, [{ action: 'answer' }]);
    const call = incomingCall(world);
    world.clock.nowMs += 29_000;

    await deliver(world, instance, [call]);
    await world.work(instance);

    expect(world.provider.kinds).toEqual(['answerCall']);
  });

  it('keeps to what was decided when the routes are others at the next delivery', async () => {
    const world = new MemoryWorld();
    const call = incomingCall(world);
    const before = instanceOf(world, [{ action: 'reject' }]);
    await deliver(world, before, [call]);
    await world.comeToRest(before);

    const after = instanceOf(world, [{ action: 'answer' }]);
    await deliver(world, after, [{ ...call, id: 'again' }]);
    await world.comeToRest(after);

    expect(world.provider.kinds).toEqual(['rejectCall']);
  });

  it('counts a call as over that ACS did not let it answer', async () => {
    const world = new MemoryWorld();
    const instance = instanceOf(world, [{ action: 'answer' }]);
    world.provider.answer = () => ({ kind: 'refused', reason: 'it does not ring any more' });

    await deliver(world, instance, [incomingCall(world)]);
    await world.comeToRest(instance);

    const call = await theCall(instance);
    expect(call.state).toBe('disconnected');
    expect(endReasonOf(call)?.text).toBe('The call was not answered: it does not ring any more.');
  });
});

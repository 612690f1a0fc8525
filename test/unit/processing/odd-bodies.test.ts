import { describe, expect, it } from 'vitest';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { receiveCallback } from '../../../shared/processing/receive-callback.ts';
import { RECEIVED_AT } from '../../support/call-elements.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { loadFixture } from '../../support/load-fixture.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { noise } from '../../support/noise.ts';
import { ODD_EVENTS, unknownEvent } from '../../support/odd-events.ts';

const EVENT = unknownEvent('event-1', { score: 1 });
const TEXT = JSON.stringify(EVENT);

/** Takes a callback in, with the key of a call in its URL unless told otherwise. */
function receive(instance: Instance, body: string, hasKey = true) {
  const callKey = hasKey ? CALL_KEY : undefined;
  return receiveCallback(instance, { callKey, body, receivedAt: RECEIVED_AT, traceparent: null });
}

/** What the journal has after a callback, worked off. */
async function recorded(body: string): Promise<unknown[]> {
  const world = new MemoryWorld();
  const instance = world.startInstance();
  const result = await receive(instance, body);
  expect(result).toMatchObject({ ok: true, received: { parked: [] } });
  await world.workOff(instance);
  return (await instance.calls.journal(CALL_KEY)).map(({ event }) => event);
}

describe('a callback', () => {
  it.each([
    ['one event in no array', TEXT, 1],
    ['an array of one', `[${TEXT}]`, 1],
    ['white space around it', `\r\n\t [ ${TEXT} ]\n\n `, 1],
    ['one event twice', `[${TEXT},${TEXT}]`, 1],
    ['two events', `[${TEXT},${TEXT.replace('event-1', 'event-2')}]`, 2],
    ['a key twice, of which the last counts', TEXT.replace('"data":', '"data":7,"data":'), 1],
    ['an event nearly as large as a message', JSON.stringify({ ...EVENT, more: noise(40_000) }), 1],
  ])('with %s is recorded', async (_, body, events) => {
    expect(await recorded(body)).toHaveLength(events);
  });

  it.each([
    ['an array in an array', `[[${TEXT}]]`],
    ['arrays alone', '[[],[[]]]'],
    ['a text that holds JSON', JSON.stringify(TEXT)],
    ['texts that hold JSON', JSON.stringify([TEXT])],
  ])('with %s is refused', async (_, body) => {
    const result = await receive(new MemoryWorld().startInstance(), body);

    expect(result).toMatchObject({ ok: false, problem: { status: 400, type: /nothing-recognised/ } });
  });

  it.each([
    ['two bodies', `${TEXT}\n${TEXT}`],
    ['NUL behind it', `${TEXT}\u0000`],
    ['a comma too many', `[${TEXT},]`],
    ['a line feed in a text', TEXT.replace('event-1', 'event\n1')],
  ])('with %s is no JSON', async (_, body) => {
    const result = await receive(new MemoryWorld().startInstance(), body);

    expect(result).toMatchObject({ ok: false, problem: { status: 400, type: /invalid-json/ } });
  });

  it('about a recording is filed under the call whose server call it names, though it came first', async () => {
    const world = new MemoryWorld();
    world.clock.nowMs = Date.parse(RECEIVED_AT);
    const instance = world.startInstance();
    const connected = loadFixture('ga/CallConnected.json') as [{ readonly data: { serverCallId: string } }];
    const recording = {
      id: 'recording-1',
      source: 'calling/recordings/r-1',
      type: 'Microsoft.Communication.RecordingStateChanged',
      time: '2026-03-18T00:05:00Z',
      specversion: '1.0',
      data: { recordingId: 'r-1', state: 'active', serverCallId: connected[0].data.serverCallId },
    };

    await receive(instance, JSON.stringify(recording), false);
    await world.work(instance);
    await receive(instance, JSON.stringify(connected));
    await world.workOff(instance);

    expect((await instance.calls.load(CALL_KEY))?.call.recordings).toMatchObject([{ recordingId: 'r-1' }]);
  });

  it('keeps what stands beside an event, for the operator', async () => {
    const instance = new MemoryWorld().startInstance();

    expect(await receive(instance, `[${TEXT},[${TEXT}],null,"text",7]`)).toMatchObject({
      received: {
        accepted: 1,
        parked: [{ pointer: '/1' }, { pointer: '/2' }, { pointer: '/3' }, { pointer: '/4' }],
      },
    });
    const { items } = await instance.parked.list({ limit: 10 });
    expect(items.map(({ text }) => text).toSorted()).toEqual(['"text"', '7', `[${TEXT}]`, 'null']);
  });
});

describe('the journal', () => {
  it('has numbers that no JavaScript number holds as they came', async () => {
    const body = TEXT.replace('"score":1', '"score":9007199254740993,"far":1e400,"near":9007199254740991');

    expect(await recorded(body)).toMatchObject([
      { raw: { data: { score: '9007199254740993', far: '1e400', near: 9_007_199_254_740_991 } } },
    ]);
  });

  it('tells two events by numbers that differ beyond 2^53', async () => {
    const events = ['9007199254740992', '9007199254740993'].map(id => TEXT.replace('"event-1"', id));

    expect(await recorded(`[${events.join(',')}]`)).toHaveLength(2);
  });

  it.each([
    ['2026-03-18T09:05:00+09:00', '2026-03-18T00:05:00.0000000Z'],
    ['2026-03-17T16:05:00.5-0800', '2026-03-18T00:05:00.5000000Z'],
    ['2026-03-18T00:05:00Z', '2026-03-18T00:05:00.0000000Z'],
    ['2026-03-18t00:05:00.123456789z', '2026-03-18T00:05:00.1234567Z'],
    ['2026-03-18 00:05:00', '2026-03-18T00:05:00.0000000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.0000000Z'],
    ['9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59.9999999Z'],
  ])('has %s as %s', async (time, at) => {
    expect(await recorded(JSON.stringify({ ...EVENT, time }))).toMatchObject([{ at }]);
  });

  it.each(ODD_EVENTS)('has events as they came that hold $name', async ({ elements, wireId }) => {
    const world = new MemoryWorld();
    const instance = world.startInstance();
    const body = JSON.stringify(elements);

    expect(await receive(instance, body, false)).toMatchObject({ received: { accepted: 4, parked: [] } });
    await world.workOff(instance);

    const callKey = callKeyOf(wireId);
    const [first, ...others] = (await instance.calls.journal(callKey)).map(({ event }) => event);
    expect(first).toMatchObject({ type: 'unknown', wireId, raw: elements[0] });
    expect(others).toMatchObject([
      { type: 'roster.snapshot', participants: [{ rawId: wireId }] },
      { type: 'play.failed', operationContext: wireId },
      { type: 'recording.state', recordingId: wireId },
    ]);
    expect((await instance.calls.load(callKey))?.call.wireId).toBe(wireId);
  });
});

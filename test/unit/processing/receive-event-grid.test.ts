import { describe, expect, it } from 'vitest';
import { addMilliseconds } from '../../../shared/clock.ts';
import { callKeyOf } from '../../../shared/ids/call-key.ts';
import { receiveCallback } from '../../../shared/processing/receive-callback.ts';
import { receiveEventGrid } from '../../../shared/processing/receive-event-grid.ts';
import { replayParked } from '../../../shared/processing/replay-parked.ts';
import { decodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { timeOf } from '../../support/call-events.ts';
import { Faults, failWhere, unavailable } from '../../support/faults.ts';
import { loadFixture } from '../../support/load-fixture.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';

const TOPIC =
  '/subscriptions/87631f56-f5d7-47af-9c40-820ef4c138fd/resourceGroups/rg-call-relay/providers/Microsoft.Communication/CommunicationServices/acs-call-relay';
const SERVER_CALL =
  'aHR0cHM6Ly9jb252LWtvY2UtMDIuY29udi5leGFtcGxlLmludmFsaWQvY29udi9KVTBwRE5Wb2N4dzN1a1VRUEJiQ0xRP2k9MTAtNjAtMi0xNCZlPTYzODQxMjM0NTY3ODkwMTIzNA';
const CALL_KEY = 'c01kkkkkkkkkkkkkkkkkkkkkkkk';
const RECEIVED_AT = timeOf('2026-03-18T00:06:30Z');

const fixture = (name: string) => loadFixture(`event-grid/${name}.json`);
const REPORTS = ['CallStarted', 'CallEnded', 'CallParticipantAdded', 'CallParticipantRemoved'].flatMap(
  name => fixture(name) as [unknown],
);
const REPORT_TYPES = [
  'report.callEnded',
  'report.callStarted',
  'report.participantAdded',
  'report.participantRemoved',
];
const ELSEWHERE = 'no event of event-grid: events of calls go to the callback URL of their call';
const [CONNECTED] = loadFixture('ga/CallConnected.json') as [unknown];

function worldAt(): { readonly world: MemoryWorld; readonly instance: Instance } {
  const world = new MemoryWorld();
  world.clock.nowMs = Date.parse(RECEIVED_AT);
  return { world, instance: world.startInstance() };
}

function receive(instance: Instance, body: unknown, topics: readonly string[] = []) {
  return receiveEventGrid(
    { ...instance, settings: { eventGridTopics: topics } },
    { body: JSON.stringify(body), receivedAt: RECEIVED_AT, traceparent: null },
  );
}

async function receiveGa(instance: Instance, callKey: string | undefined) {
  const callback = { callKey, receivedAt: RECEIVED_AT, traceparent: null };
  await receiveCallback(instance, { ...callback, body: JSON.stringify([CONNECTED]) });
}

async function typesOf({ calls }: Instance, callKey: string) {
  return (await calls.journal(callKey)).map(({ event }) => event.type).toSorted();
}

async function parkedIn({ parked }: Instance) {
  return (await parked.list({ limit: 100 })).items;
}

describe('receiveEventGrid', () => {
  it('answers the validation of a subscription, and keeps nothing', async () => {
    const { world, instance } = worldAt();

    expect(await receive(instance, fixture('SubscriptionValidation'))).toEqual({
      ok: true,
      answer: { validationResponse: 'A731C5AF-101E-448C-B4EA-EBD6398D1CE4' },
    });
    expect(world.callEvents.size).toBe(0);
    expect(await parkedIn(instance)).toEqual([]);
  });

  it('takes the end of a subscription for what it is', async () => {
    const [validation] = fixture('SubscriptionValidation') as [object];
    const deleted = { ...validation, eventType: 'Microsoft.EventGrid.SubscriptionDeletedEvent', data: {} };

    expect(await receive(worldAt().instance, [deleted])).toEqual({ ok: true, answer: {} });
  });

  it.each(['IncomingCall.pstn', 'IncomingCall.voip', 'IncomingCall.cloudevents'])(
    'makes a call of %s, once however often it is delivered',
    async name => {
      const { world, instance } = worldAt();

      for (let delivery = 0; delivery < 5; delivery++) {
        expect(await receive(instance, fixture(name))).toMatchObject({ ok: true, answer: { accepted: 1 } });
      }
      await world.workOff(instance);

      const callKey = callKeyOf(SERVER_CALL);
      expect(await typesOf(instance, callKey)).toEqual(['call.incoming']);
      expect((await instance.calls.load(callKey))?.call).toMatchObject({
        dialect: 'event-grid',
        state: 'connecting',
        wireId: null,
        conversation: { id: SERVER_CALL },
      });
    },
  );

  it('files reports under the call that was placed, or answered, as a leg of their server call', async () => {
    const { world, instance } = worldAt();
    await receiveGa(instance, CALL_KEY);
    await world.workOff(instance);

    await receive(instance, REPORTS);
    await world.workOff(instance);

    expect(await typesOf(instance, CALL_KEY)).toEqual(['call.connected', ...REPORT_TYPES]);
    expect(await instance.calls.load(callKeyOf(SERVER_CALL))).toBeUndefined();
    expect((await instance.calls.load(CALL_KEY))?.call).toMatchObject({ dialect: 'ga', state: 'connected' });
  });

  it('files them under a call that somebody else placed as well', async () => {
    const { world, instance } = worldAt();
    await receiveGa(instance, undefined);
    await world.workOff(instance);

    await receive(instance, fixture('CallEnded'));
    await world.workOff(instance);

    const callKey = callKeyOf('3f0a1b00-679a-48d6-862d-f7613c885858');
    expect(await typesOf(instance, callKey)).toEqual(['call.connected', 'report.callEnded']);
  });

  it('lets reports wait for a call that they overtook', async () => {
    const { world, instance } = worldAt();
    await receive(instance, fixture('RecordingFileStatusUpdated'));
    await world.work(instance);
    expect(world.callEvents.size).toBe(1);

    world.clock.nowMs += 60_000;
    await receiveGa(instance, CALL_KEY);
    await world.workOff(instance);

    expect(await typesOf(instance, CALL_KEY)).toEqual(['call.connected', 'recording.fileReady']);
    expect((await instance.calls.load(CALL_KEY))?.call.recordings[0]?.files).toHaveLength(1);
  });

  it('files reports under the server call when none is known for two minutes', async () => {
    const { world, instance } = worldAt();

    await receive(instance, REPORTS);
    await world.workOff(instance);

    const callKey = callKeyOf(SERVER_CALL);
    expect(await typesOf(instance, callKey)).toEqual(REPORT_TYPES);
    expect(world.clock.nowMs - Date.parse(RECEIVED_AT)).toBeGreaterThanOrEqual(120_000);
    expect(world.clock.nowMs - Date.parse(RECEIVED_AT)).toBeLessThan(150_000);
    expect((await instance.calls.load(callKey))?.call).toMatchObject({
      dialect: 'event-grid',
      state: 'unknown',
      wireId: null,
    });
  });

  it('files a report at once under the incoming call that it is about', async () => {
    const { world, instance } = worldAt();

    await receive(instance, fixture('IncomingCall.pstn'));
    await world.work(instance);
    await receive(instance, fixture('CallStarted'));
    await world.work(instance);

    expect(world.callEvents.size).toBe(0);
    expect(await typesOf(instance, callKeyOf(SERVER_CALL))).toEqual(['call.incoming', 'report.callStarted']);
  });

  it('takes an incoming call and reports on it out of one delivery', async () => {
    const { world, instance } = worldAt();

    await receive(instance, [...(fixture('IncomingCall.pstn') as [unknown]), ...REPORTS]);
    await world.workOff(instance);

    expect(await typesOf(instance, callKeyOf(SERVER_CALL))).toEqual(['call.incoming', ...REPORT_TYPES]);
  });

  it.each([
    ['on the list', [TOPIC.toLowerCase()], true],
    ['among others on it', ['/other', TOPIC.toLowerCase()], true],
    ['not on it', ['/other'], false],
  ])('takes events of a resource that is %s: %j', async (_, topics, isTaken) => {
    const { world, instance } = worldAt();
    const bodies = [fixture('CallStarted'), fixture('IncomingCall.cloudevents')];

    for (const body of bodies) expect((await receive(instance, body, topics)).ok).toBe(isTaken);
    expect(await receive(instance, fixture('SubscriptionValidation'), topics)).toMatchObject(
      isTaken ? { ok: true } : { ok: false, problem: { status: 403 } },
    );
    expect(world.callEvents.size).toBe(isTaken ? 2 : 0);
  });

  it('refuses all of a delivery of which one event is of another resource', async () => {
    const { world, instance } = worldAt();
    const [started] = fixture('CallStarted') as [object];

    const result = await receive(instance, [started, { ...started, topic: '/x' }], [TOPIC.toLowerCase()]);

    expect(result).toMatchObject({ ok: false, problem: { type: 'urn:ringback:problem:topic-not-allowed' } });
    expect(world.callEvents.size).toBe(0);
  });

  it.each([
    ['nothing', {}, 'no event of a known dialect: neither eventType nor type is there'],
    ['a callback of GA', CONNECTED, ELSEWHERE],
    [
      'a callback of a preview',
      (loadFixture('preview-2021-08/DtmfReceived.json') as [unknown])[0],
      ELSEWHERE,
    ],
  ])('refuses what holds %s: callbacks have their own way in', async (_, body, detail) => {
    expect(await receive(worldAt().instance, body)).toMatchObject({
      ok: false,
      problem: { status: 400, errors: [{ pointer: '', detail }] },
    });
  });

  it('parks what belongs to no call, and what cannot be read, and takes what can', async () => {
    const { instance } = worldAt();
    const [started] = fixture('CallStarted') as [object];
    const sms = { ...started, eventType: 'Microsoft.Communication.SMSReceived', data: { from: '+1' } };
    const broken = { ...started, eventTime: 'never' };

    expect(await receive(instance, [sms, broken, started])).toMatchObject({
      ok: true,
      answer: { accepted: 1, parked: [{ pointer: '/0' }, { pointer: '/1/eventTime' }] },
    });
    const reasons = (await parkedIn(instance)).map(({ reason }) => reason);
    expect(reasons.toSorted()).toEqual(['malformed', 'noCallId']);
  });

  it('answers 503 while the queue cannot be reached', async () => {
    const plan = failWhere(({ port }) => port === 'callEvents', { error: unavailable() });
    const instance = worldAt().world.startInstance(new Faults({ plan }));

    expect(await receive(instance, fixture('CallStarted'))).toMatchObject({
      ok: false,
      problem: { status: 503 },
    });
  });

  it('replays a parked report the way of a new one', async () => {
    const { world, instance } = worldAt();
    const [element] = fixture('CallStarted') as [unknown];
    await instance.parked.park({
      reason: 'malformed',
      detail: '',
      pointer: '',
      kind: 'element',
      callKey: null,
      receivedAt: addMilliseconds(RECEIVED_AT, -600_000),
      text: JSON.stringify(element),
    });
    const [item] = await parkedIn(instance);
    if (item === undefined) throw new Error('It is parked.');

    expect(await replayParked(instance, item)).toBeUndefined();

    const [message] = await world.callEvents.receive(1, 30);
    expect(decodeCallEvents(message?.text ?? '')).toMatchObject({
      callKey: callKeyOf(SERVER_CALL),
      serverCallId: SERVER_CALL,
    });
  });
});

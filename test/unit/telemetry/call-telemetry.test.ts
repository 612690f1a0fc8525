import { beforeEach, describe, expect, it } from 'vitest';
import type { ReceivedSpan } from '../../../local/trace/received-span.ts';
import { traceFaults } from '../../../local/trace/trace-faults.ts';
import { eventTimeOf } from '../../../shared/clock.ts';
import { receiveCallback } from '../../../shared/processing/receive-callback.ts';
import { callTraceOf, parseTraceparent } from '../../../shared/telemetry/call-trace.ts';
import { noTelemetry } from '../../../shared/telemetry/telemetry.ts';
import { isCallCommit } from '../../support/acting.ts';
import { nineElements } from '../../support/call-elements.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { Faults, failWhere } from '../../support/faults.ts';
import { type Instance, MemoryWorld } from '../../support/memory-world.ts';
import { recordingTelemetry } from '../../support/recording-telemetry.ts';

const HOSTED = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const { traceId: TRACE_ID, spanId: CALL_SPAN_ID } = callTraceOf(CALL_KEY);

let recording: ReturnType<typeof recordingTelemetry>;
let world: MemoryWorld;

beforeEach(() => {
  recording = recordingTelemetry({ invocation: () => HOSTED });
  world = worldWith(recording.telemetry);
});

function worldWith(telemetry = noTelemetry): MemoryWorld {
  return new MemoryWorld({
    telemetry,
    decider: deciderOf({ connected: { actions: [draft('playAudio')] } }),
  });
}

async function post(instance: Instance, elements: readonly unknown[]): Promise<void> {
  const result = await receiveCallback(
    { ...instance, telemetry: world.telemetry },
    {
      callKey: CALL_KEY,
      body: JSON.stringify(elements),
      receivedAt: eventTimeOf(world.clock.now()),
      traceparent: HOSTED,
    },
  );
  expect(result.ok).toBe(true);
}

function named(name: string): ReceivedSpan[] {
  return recording.spans().filter(span => span.name === name);
}

describe('the trace of a call', () => {
  it('leads from each POST through the queue to the request of the action', async () => {
    const instance = world.startInstance();
    await post(instance, nineElements().slice(0, 2));
    await world.comeToRest(instance);

    const [received] = named('receive callback');
    const [processed] = named('process call-events');
    const [performed] = named('perform playAudio');
    expect(named('call')).toMatchObject([{ traceId: TRACE_ID, spanId: CALL_SPAN_ID }]);
    expect(received?.parentSpanId).toBe(CALL_SPAN_ID);
    expect(processed?.parentSpanId).toBe(received?.spanId);
    expect(performed?.parentSpanId).toBe(processed?.spanId);
    expect(performed?.facts).toMatchObject({ 'ringback.action.result': 'done' });
    expect(traceFaults(recording.spans())).toEqual([]);
  });

  it('goes on in what ACS is asked, and links what the host made of the invocation', async () => {
    const instance = world.startInstance();
    await post(instance, nineElements().slice(0, 2));
    await world.comeToRest(instance);

    const [sent] = world.provider.sent;
    const [performed] = named('perform playAudio');
    expect(parseTraceparent(sent?.traceparent)).toEqual({ traceId: TRACE_ID, spanId: performed?.spanId });
    for (const name of ['receive callback', 'process call-events']) {
      expect(named(name)[0]?.links).toEqual([parseTraceparent(HOSTED)]);
    }
  });

  it('links a message that was put again after a fault, as no second child of its POST', async () => {
    const instance = world.startInstance(new Faults({ plan: failWhere(isCallCommit, { times: 2 }) }));
    await post(instance, nineElements());
    await world.comeToRest(instance);

    const [received] = named('receive callback');
    const [first, ...repeated] = named('process call-events');
    expect(first).toMatchObject({ parentSpanId: received?.spanId, facts: { 'ringback.outcome': 'delayed' } });
    expect(repeated).toHaveLength(2);
    for (const span of repeated) {
      expect(span.parentSpanId).toBe(CALL_SPAN_ID);
      expect(span.links).toContainEqual({ traceId: TRACE_ID, spanId: received?.spanId });
    }
    expect(traceFaults(recording.spans())).toEqual([]);
  });

  it('links a message that the host gives again', async () => {
    const instance = world.startInstance();
    await post(instance, nineElements());
    const [message] = await world.callEvents.receive(1, 1);
    const text = message?.text ?? '';
    await instance.processor.process(text, eventTimeOf(world.clock.now()));
    await instance.processor.process(text, eventTimeOf(world.clock.now()), 2);

    const [received] = named('receive callback');
    expect(named('process call-events').map(({ parentSpanId }) => parentSpanId)).toEqual([
      received?.spanId,
      CALL_SPAN_ID,
    ]);
    expect(traceFaults(recording.spans())).toEqual([]);
  });

  it('is whole or not there at all, by the share that is traced', async () => {
    recording = recordingTelemetry({ tracedShare: 0 });
    world = worldWith(recording.telemetry);
    const instance = world.startInstance();
    await post(instance, nineElements().slice(0, 2));
    await world.comeToRest(instance);

    expect(recording.spans()).toEqual([]);
    expect(world.provider.sent[0]?.traceparent).toMatch(/-00$/);
  });

  it('tells the class of an error and none of its words', async () => {
    const failing = recording.telemetry.inSpan(
      { name: 'request call', kind: 'server', callKey: CALL_KEY },
      () => Promise.reject(new TypeError('+14255550142')),
    );

    await expect(failing).rejects.toThrow(TypeError);
    expect(named('request call')[0]?.facts).toEqual({
      'ringback.call_key': CALL_KEY,
      'error.type': 'TypeError',
    });
  });
});

describe('measurements', () => {
  it('count duplicates once, however many messages were committed together', async () => {
    const instance = world.startInstance();
    await post(instance, nineElements());
    await post(instance, nineElements());
    await world.comeToRest(instance);

    const points = (await recording.metrics()).get('ringback.events.duplicate');
    expect(points).toMatchObject([{ value: 9 }]);
    expect(JSON.stringify([...(await recording.metrics())])).not.toContain(CALL_KEY);
  });
});

describe('without telemetry', () => {
  it('carries the trace context of the host in the message, and none to ACS', async () => {
    world = worldWith();
    const instance = world.startInstance();
    await post(instance, nineElements().slice(0, 2));
    const [message] = await world.callEvents.receive(1, 1);
    world.clock.nowMs += 1_000;
    await world.comeToRest(instance);

    expect(JSON.parse(message?.text ?? '{}')).toMatchObject({ traceparent: HOSTED });
    expect(world.provider.sent.map(({ traceparent }) => traceparent)).toEqual([undefined]);
  });
});

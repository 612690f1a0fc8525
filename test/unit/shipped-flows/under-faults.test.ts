import { describe, expect, it } from 'vitest';
import { appointmentReminder } from '../../../flows/appointment-reminder.ts';
import { outageNotification } from '../../../flows/outage-notification.ts';
import { eventTimeOf } from '../../../shared/clock.ts';
import { isSettled } from '../../../shared/domain/action.ts';
import type { Call } from '../../../shared/domain/call.ts';
import type { MachineFlow } from '../../../shared/flows/flow.ts';
import { flowStartOf } from '../../../shared/flows/flow-input.ts';
import { flowLookup } from '../../../shared/flows/flow-lookup.ts';
import { ownEvent } from '../../../shared/processing/overdue.ts';
import { encodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { expectReplays } from '../../support/expect-replays.ts';
import { crashAt, type FaultPlan, Faults, failAt } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';
import { dtmfReceived, stateChanged } from '../../support/preview-2021-04-elements.ts';

const LONG_AFTER_MS = 3_600_000;
const PLACE = { kind: 'placeCall', arguments: { to: ['4:+14255550142'], from: '8:acs:us' } } as const;
const at = (second: number) => `2021-05-05T21:00:${String(second).padStart(2, '0')}.0000000Z`;

interface Scenario {
  readonly name: string;
  readonly flow: MachineFlow;
  /** Elements of the call, one message each. */
  readonly messages: readonly (readonly unknown[])[];
  /** What ACS carries out when nothing goes wrong, on this call and on those that it leads to. */
  readonly kinds: readonly string[];
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a reminder that is confirmed',
    flow: appointmentReminder,
    messages: [
      [stateChanged('Establishing', at(0)), stateChanged('Established', at(2))],
      [dtmfReceived(1, 'Tone1', at(5))],
      [stateChanged('Terminated', at(9))],
    ],
    kinds: ['placeCall', 'playAudio', 'cancelMedia', 'playAudio'],
  },
  {
    name: 'a notification that nobody answers, three times',
    flow: outageNotification,
    messages: [[stateChanged('Establishing', at(0))], [stateChanged('Terminated', at(30))]],
    // ACS says nothing of the second call, which stays open.
    kinds: ['placeCall', 'placeCall'],
  },
];

async function run({ flow, messages }: Scenario, plan?: FaultPlan) {
  const world = new MemoryWorld({ flows: flowLookup([flow]) });
  const executed: string[] = [];
  const ids: string[] = [];
  world.provider.answer = ({ actionId, kind }) => {
    executed.push(kind);
    ids.push(actionId);
    return { kind: 'done' };
  };
  const started = flowStartOf([flow], { name: flow.name, input: flow.example });
  if (!started.ok) throw new Error('The example is right.');
  const event = ownEvent('preview-2021-04', eventTimeOf(world.clock.nowMs), 'requested', {
    type: 'call.requested',
    actionId: 'place',
    action: PLACE,
    flow: started.flow,
  });
  await world.startInstance().worker.record(CALL_KEY, { events: [event] });
  const faults = new Faults(plan === undefined ? {} : { plan });
  const instance = world.startInstance(faults);
  for (const elements of messages) {
    // Timers run from the receipt, on the world's clock.
    const receivedAt = eventTimeOf(world.clock.nowMs);
    const envelope = { callKey: CALL_KEY, receivedAt, attempt: 0, traceparent: null, elements };
    for (const text of encodeCallEvents(envelope).texts) await world.callEvents.put(text);
    await world.work(instance);
    await world.visit(instance);
    world.clock.nowMs += 1_000;
  }
  const successor = world.startInstance();
  await world.comeToRest(successor);
  for (let visits = 0; visits < 3; visits++) {
    world.clock.nowMs += LONG_AFTER_MS;
    await successor.worker.visit(CALL_KEY);
    await world.comeToRest(successor);
  }
  const call = (await successor.calls.load(CALL_KEY))?.call;
  if (call === undefined) throw new Error('The call is lost.');
  return { world, call, executed, ids, requests: faults.requests.length };
}

function expectOnce(ids: readonly string[], world: MemoryWorld, call: Call, label: string): void {
  for (const { actionId, kind, state } of call.actions) {
    if (kind === 'dialAgain') continue;
    const times = ids.filter(id => id === actionId).length;
    if (world.provider.policyOf(kind) !== 'atLeastOnce') expect(times, `${label}: ${kind}`).toBeLessThan(2);
    if (state === 'done') expect(times, `${label}: ${kind}`).toBeGreaterThan(0);
  }
}

describe('a shipped flow under faults', () => {
  describe.each(SCENARIOS)('$name', scenario => {
    it('does everything once when nothing goes wrong', async () => {
      const { world, call, executed } = await run(scenario);

      expect(executed).toEqual(scenario.kinds);
      expect(call.flow?.status).toBe('done');
      await expectReplays(world, CALL_KEY);
    });

    it.each([
      {
        name: 'any one request fails before it took effect',
        plan: (request: number) => failAt(request, 'before'),
      },
      {
        name: 'any one request fails after it took effect',
        plan: (request: number) => failAt(request, 'after'),
      },
      { name: 'the process dies before any request', plan: (request: number) => crashAt(request, 'before') },
      { name: 'the process dies after any request', plan: (request: number) => crashAt(request, 'after') },
    ])('does nothing twice and comes to its end when $name', async ({ plan }) => {
      const { requests } = await run(scenario);
      expect(requests).toBeGreaterThan(5);
      for (let request = 1; request <= requests; request++) {
        const label = `request ${request}`;
        const { world, call, ids } = await run(scenario, plan(request));
        await expectReplays(world, CALL_KEY);
        expectOnce(ids, world, call, label);
        expect(call.flow?.status, label).toBe('done');
        expect(
          call.actions.every(action => isSettled(action) || action.state === 'skipped'),
          label,
        ).toBe(true);
        expect(
          call.timers.filter(({ state }) => state === 'armed'),
          label,
        ).toEqual([]);
        const next = call.actions.find(({ kind }) => kind === 'dialAgain')?.arguments['callKey'];
        if (next === undefined) continue;
        const nextCall = (await world.startInstance().calls.load(String(next)))?.call;
        expect(nextCall?.flow?.input, label).toMatchObject({ attempt: 2, previousCallKey: CALL_KEY });
        if (nextCall !== undefined) expectOnce(ids, world, nextCall, label);
      }
    });
  });
});

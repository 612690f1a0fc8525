import { describe, expect, it } from 'vitest';
import { type ActionKind, isSettled } from '../../../shared/domain/action.ts';
import { encodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { headOf } from '../../support/acting.ts';
import { nineElements } from '../../support/call-elements.ts';
import { CALL_KEY } from '../../support/call-events.ts';
import { deciderOf, draft } from '../../support/deciders.ts';
import { expectReplays } from '../../support/expect-replays.ts';
import { crashAt, type FaultPlan, Faults, failAt } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';

/** Longer than any lease, any back-off, and the repeatability window. */
const LONG_AFTER_MS = 3_600_000;

interface Scenario {
  readonly name: string;
  readonly decider: ReturnType<typeof deciderOf>;
  readonly policies?: Partial<Record<ActionKind, 'repeatable'>>;
  /** How often the first send of each kind is turned away. */
  readonly turnedAway?: number;
  /** How the actions end when nothing goes wrong; all done unless told. */
  readonly states?: readonly string[];
  /** Elements of the call, one message each. */
  readonly messages: readonly (readonly unknown[])[];
}

// Up to the key that is pressed; the end of the call comes last, where it comes at all.
const [ringing, answered, roster, started, pressed] = nineElements();
const whole = nineElements();

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'two prompts and an invitation, of which none may be repeated',
    decider: deciderOf({
      connected: { actions: [draft('playAudio', 'one'), draft('playAudio', 'two')] },
      'tone#1:one': { actions: [draft('addParticipants')] },
    }),
    messages: [[ringing, answered], [roster, started], [pressed]],
  },
  {
    name: 'a prompt that has to wait, and a hang-up behind it',
    decider: deciderOf({
      connected: { actions: [draft('playAudio')] },
      'tone#1:one': { actions: [draft('hangUp')] },
    }),
    turnedAway: 1,
    // The key is pressed while it waits.
    states: ['skipped', 'done'],
    messages: [[ringing, answered], [pressed]],
  },
  {
    name: 'prompts that are repeatable, until the call ends',
    decider: deciderOf({
      connected: { actions: [draft('playAudio', 'one'), draft('playAudio', 'two')] },
      'tone#1:one': { actions: [draft('playAudio', 'three')] },
    }),
    policies: { playAudio: 'repeatable' },
    messages: [[ringing, answered, pressed], whole.slice(5)],
  },
  {
    name: 'timers, one after the other, and what they lead to',
    decider: deciderOf({
      connected: { arm: [{ timerId: 'silence', afterMs: 10_000 }] },
      'timer:silence#1': { actions: [draft('playAudio')], arm: [{ timerId: 'patience', afterMs: 20_000 }] },
      'timer:patience#1': { actions: [draft('hangUp')] },
    }),
    messages: [[ringing, answered]],
  },
];

/** An ACS that honours repeatability where the policy says so, and counts what it carried out. */
function executions(world: MemoryWorld, { policies = {}, turnedAway = 0 }: Scenario): Map<string, number> {
  const executed = new Map<string, number>();
  const requests = new Set<string>();
  world.provider.answer = ({ actionId, kind, generation }, sends) => {
    if (sends <= turnedAway) return { kind: 'notNow', reason: 'throttled' };
    const requestId = `${actionId} ${generation}`;
    if (policies[kind] !== 'repeatable' || !requests.has(requestId)) {
      executed.set(actionId, (executed.get(actionId) ?? 0) + 1);
    }
    requests.add(requestId);
    return { kind: 'done' };
  };
  return executed;
}

/** Runs a scenario in a process with these faults, then in another without any, until nothing is left to be done. */
async function run(scenario: Scenario, plan?: FaultPlan) {
  const { decider, policies = {}, messages } = scenario;
  const world = new MemoryWorld({ decider, policies });
  const executed = executions(world, scenario);
  const faults = new Faults(plan === undefined ? {} : { plan });
  const instance = world.startInstance(faults);
  for (const elements of messages) {
    // Timers run from the receipt, on the world's clock.
    const receivedAt = new Date(world.clock.nowMs).toISOString().replace('Z', '0000Z');
    const envelope = { callKey: CALL_KEY, attempt: 0, traceparent: null, elements };
    const { texts } = encodeCallEvents({ ...envelope, receivedAt });
    for (const text of texts) await world.callEvents.put(text);
    await world.work(instance);
    await world.visit(instance);
    world.clock.nowMs += 1_000;
  }
  for (let second = 0; second < 60; second++) {
    await world.work(instance);
    await world.visit(instance);
    world.clock.nowMs += 1_000;
  }
  const successor = world.startInstance();
  await world.comeToRest(successor);
  // What the sweep would do.
  for (let visits = 0; visits < 3; visits++) {
    world.clock.nowMs += LONG_AFTER_MS;
    await successor.worker.visit(CALL_KEY);
    await world.comeToRest(successor);
  }
  return { world, executed, requests: faults.requests.length, successor };
}

async function expectProper(scenario: Scenario, plan: FaultPlan, label: string): Promise<void> {
  const { world, executed, successor } = await run(scenario, plan);
  await expectReplays(world, CALL_KEY);
  const { call } = await headOf(successor);
  for (const action of call.actions) {
    const times = executed.get(action.actionId) ?? 0;
    const policy = world.provider.policyOf(action.kind);
    if (policy !== 'atLeastOnce') expect(times, `${label}: ${action.kind}`).toBeLessThanOrEqual(1);
    if (action.state === 'done') expect(times, `${label}: ${action.kind}`).toBeGreaterThanOrEqual(1);
    if (action.state === 'skipped') expect(times, `${label}: ${action.kind}`).toBe(0);
    expect(isSettled(action) || action.state === 'skipped', `${label}: ${action.kind} ${action.state}`).toBe(
      true,
    );
  }
  expect(
    call.timers.filter(({ state }) => state === 'armed'),
    label,
  ).toEqual([]);
  // Nothing is carried out that the call does not know of.
  expect([...executed.keys()].filter(id => !call.actions.some(({ actionId }) => actionId === id))).toEqual(
    [],
  );
}

describe('CallWorker', () => {
  describe.each(SCENARIOS)('with $name', scenario => {
    it('does everything once when nothing goes wrong', async () => {
      const { world, executed, successor } = await run(scenario);

      const { call } = await headOf(successor);
      expect(call.actions.length).toBeGreaterThan(1);
      expect(call.actions.map(({ state }) => state)).toEqual(
        scenario.states ?? call.actions.map(() => 'done'),
      );
      const done = call.actions.filter(({ state }) => state === 'done');
      expect(Object.fromEntries(executed)).toEqual(
        Object.fromEntries(done.map(({ actionId }) => [actionId, 1])),
      );
      await expectReplays(world, CALL_KEY);
    });

    it.each(['before', 'after'] as const)(
      'does nothing twice and leaves nothing open when any one request fails %s it took effect',
      async when => {
        const { requests } = await run(scenario);
        expect(requests).toBeGreaterThan(5);
        for (let at = 1; at <= requests; at++)
          await expectProper(scenario, failAt(at, when), `${when} ${at}`);
      },
    );

    it.each(['before', 'after'] as const)(
      'does nothing twice and leaves nothing open when the process dies %s any request',
      async when => {
        const { requests } = await run(scenario);
        for (let at = 1; at <= requests; at++)
          await expectProper(scenario, crashAt(at, when), `${when} ${at}`);
      },
    );
  });
});

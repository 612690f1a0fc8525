import { describe, expect, it } from 'vitest';
import type { ActionSpec } from '../../../shared/actions/vocabulary/action-schema.ts';
import { parseAction } from '../../../shared/actions/vocabulary/parse-action.ts';
import { flowLookup } from '../../../shared/flows/flow-lookup.ts';
import { requestCall } from '../../../shared/processing/request-call.ts';
import { crashAt, Faults, failAt } from '../../support/faults.ts';
import { MemoryWorld } from '../../support/memory-world.ts';
import { CALLER, requestPortsOf } from '../../support/requesting.ts';
import { testFlow } from '../../support/test-flow.ts';

function action(members: Readonly<Record<string, unknown>>): ActionSpec {
  const parsed = parseAction(members);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.action;
}

const PLACE = action({ kind: 'placeCall', to: '+14255550142' });
const JOIN = action({ kind: 'joinCall', conversationId: 'conversation-1' });
const ADD = action({
  kind: 'addToConversation',
  conversationId: 'conversation-1',
  participants: ['+14255550142'],
});
const REMOVE = action({
  kind: 'removeFromConversation',
  conversationId: 'conversation-1',
  participantId: 'ann',
});

function begin(defaults = CALLER, faults = new Faults()) {
  const world = new MemoryWorld();
  const instance = world.startInstance(faults);
  return { world, instance, ports: requestPortsOf(world, instance, defaults) };
}

describe('requestCall', () => {
  it.each([
    { spec: PLACE, kind: 'placeCall', event: 'call.requested' },
    { spec: JOIN, kind: 'joinCall', event: 'call.requested' },
    { spec: ADD, kind: 'addToConversation', event: 'action.requested' },
    { spec: REMOVE, kind: 'removeFromConversation', event: 'action.requested' },
  ])('records and sends a $kind, once', async ({ spec, kind, event }) => {
    const { world, instance, ports } = begin();

    const requested = await requestCall(ports, { action: spec, scope: kind });
    if (!requested.ok) throw new Error(requested.problem.detail);
    const { callKey, actionId } = requested;

    expect(world.provider.sent).toMatchObject([{ kind, callKey, actionId, wireId: null }]);
    const journal = await instance.calls.journal(callKey);
    expect(journal.map(entry => entry.event.type)).toEqual([event, 'action.done']);
  });

  it('answers when ACS has answered, and not before', async () => {
    const { world, instance, ports } = begin();
    const acs = Promise.withResolvers<{ readonly kind: 'done' }>();
    const asked = Promise.withResolvers<void>();
    world.provider.answer = () => {
      asked.resolve();
      return acs.promise;
    };
    let isAnswered = false;
    const requesting = requestCall(ports, { action: PLACE, scope: 'place' }).finally(() => {
      isAnswered = true;
    });
    await asked.promise;
    await new Promise(resolve => setImmediate(resolve));
    expect(isAnswered).toBe(false);

    acs.resolve({ kind: 'done' });

    const requested = await requesting;
    if (!requested.ok) throw new Error(requested.problem.detail);
    const call = (await instance.calls.load(requested.callKey))?.call;
    expect(call?.actions).toMatchObject([{ kind: 'placeCall', state: 'done' }]);
  });

  it.each([
    { name: 'refused it', answer: { kind: 'refused', reason: 'no' }, state: 'failed' },
    { name: 'gave no clear answer', answer: { kind: 'unclear', reason: 'no answer' }, state: 'unknown' },
    { name: 'did not take it now', answer: { kind: 'notNow', reason: 'throttled' }, state: 'planned' },
  ] as const)('answers as ever where ACS $name', async ({ answer, state }) => {
    const { world, instance, ports } = begin();
    world.provider.answer = () => answer;

    const requested = await requestCall(ports, { action: PLACE, scope: 'place' });

    if (!requested.ok) throw new Error(requested.problem.detail);
    const call = (await instance.calls.load(requested.callKey))?.call;
    expect(call?.actions).toMatchObject([{ kind: 'placeCall', state }]);
    world.clock.nowMs += 60_000;
    expect(await world.callActions.receive(1, 30)).toHaveLength(state === 'planned' ? 1 : 0);
  });

  it('answers at once where all lines of the number are taken', async () => {
    const { world, ports } = begin();
    for (let line = 0; line < 2; line++) await requestCall(ports, { action: PLACE, scope: 'place' });

    const requested = await requestCall(ports, { action: PLACE, scope: 'place' });

    expect(requested).toMatchObject({ ok: true });
    expect(world.provider.sent).toHaveLength(2);
  });

  it('fills in who calls, and stores it', async () => {
    const { world, ports } = begin();

    await requestCall(ports, { action: PLACE, scope: 'place' });

    expect(world.provider.sent).toMatchObject([{ arguments: { to: ['4:+14255550142'], ...CALLER } }]);
  });

  it('asks for what is missing, and sends nothing', async () => {
    const { world, ports } = begin({ from: '', callerId: '' });
    const bare = { ...ports, callerDefaults: {} };

    const requested = await requestCall(bare, { action: PLACE, scope: 'place' });

    expect(requested).toMatchObject({
      ok: false,
      problem: { status: 422, errors: [{ pointer: '/from' }, { pointer: '/callerId' }] },
    });
    expect(world.provider.sent).toEqual([]);
  });

  it.each([PLACE, JOIN, ADD, REMOVE])(
    'records nothing of a $kind while a setting is missing, and names it',
    async spec => {
      const { world, ports } = begin();
      const lacking = { ...ports, missingSetting: 'ACS_CONNECTION_STRING: expected one, such as endpoint=…' };

      const requested = await requestCall(lacking, { action: spec, scope: 'any', key: 'key-1' });

      expect(requested).toMatchObject({
        ok: false,
        problem: {
          status: 500,
          type: 'urn:ringback:problem:misconfigured',
          detail: 'ACS_CONNECTION_STRING: expected one, such as endpoint=….',
        },
      });
      expect(world.provider.sent).toEqual([]);
      expect((await world.tables.calls.list({ partition: { from: '', to: '~' } })).rows).toEqual([]);
      // With the setting, the same request with the same key is taken.
      expect(await requestCall(ports, { action: spec, scope: 'any', key: 'key-1' })).toMatchObject({
        ok: true,
      });
    },
  );

  it('begins one call for the same request with the same key', async () => {
    const { world, instance, ports } = begin();
    const request = { action: PLACE, scope: 'place', key: 'key-1' };

    const first = await requestCall(ports, request);
    if (!first.ok) throw new Error(first.problem.detail);
    world.clock.nowMs += 60_000;
    const again = await requestCall(ports, request);

    expect(again).toEqual(first);
    expect(world.provider.sent).toHaveLength(1);
    const journal = await instance.calls.journal(first.callKey);
    expect(journal.filter(({ event }) => event.type === 'call.requested')).toHaveLength(1);
  });

  it('begins one call however many requests of one key come at once', async () => {
    const { world, ports } = begin();
    const request = { action: PLACE, scope: 'place', key: 'key-1' };

    const answers = await Promise.all(Array.from({ length: 10 }, () => requestCall(ports, request)));

    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
    expect(world.provider.sent).toHaveLength(1);
  });

  it('refuses another request with the same key', async () => {
    const { world, ports } = begin();
    await requestCall(ports, { action: PLACE, scope: 'place', key: 'key-1' });

    const other = action({ kind: 'placeCall', to: '+14255550199' });
    const requested = await requestCall(ports, { action: other, scope: 'place', key: 'key-1' });

    expect(requested).toMatchObject({
      ok: false,
      problem: { status: 422, type: 'urn:ringback:problem:idempotency-key-reused' },
    });
    expect(world.provider.sent).toHaveLength(1);
  });

  describe.each(['before', 'after'] as const)('asked again after a failure %s a request', when => {
    const request = { action: PLACE, scope: 'place', key: 'key-1' };

    it.each([
      { name: 'to storage, by the same process', fault: failAt, isNew: false },
      { name: 'in which the process died, by another one', fault: crashAt, isNew: true },
    ])('$name, begins no second call', async ({ fault, isNew }) => {
      for (let number = 1; ; number++) {
        const faults = new Faults({ plan: fault(number, when) });
        const { world, instance, ports } = begin(CALLER, faults);
        const failed = await requestCall(ports, request).then(
          () => false,
          () => true,
        );
        if (faults.requests.length < number) break;

        const next = isNew ? world.startInstance() : instance;
        const requested = await requestCall(requestPortsOf(world, next), request);

        expect(requested, `request ${number}`).toMatchObject({ ok: true });
        expect(world.provider.sent.length, `request ${number}, ${failed}`).toBeLessThanOrEqual(1);
      }
    });
  });

  describe('an action on a conversation that we are not in', () => {
    const done = { kind: 'done' } as const;

    it.each([
      { spec: REMOVE, answer: done, ends: true },
      { spec: REMOVE, answer: { kind: 'refused', reason: 'no such participant' } as const, ends: true },
      { spec: ADD, answer: { kind: 'refused', reason: 'no such number' } as const, ends: true },
      { spec: ADD, answer: done, ends: false },
    ])('of kind $spec.kind is over when ACS answers $answer.kind: $ends', async ({ spec, answer, ends }) => {
      const { world, instance, ports } = begin();
      world.provider.answer = () => answer;

      const requested = await requestCall(ports, { action: spec, scope: 'conversation' });

      const call = (await instance.calls.load(requested.ok ? requested.callKey : ''))?.call;
      expect(call?.endedAt !== null).toBe(ends);
      expect(call?.state).toBe(ends ? 'disconnected' : 'unknown');
    });
  });
});

describe('requestCall, with a flow', () => {
  it('begins the call with its flow, and refuses what the flow cannot be given', async () => {
    const world = new MemoryWorld({ flows: flowLookup([testFlow]) });
    const ports = requestPortsOf(world, world.startInstance());
    const flow = { name: testFlow.name, input: testFlow.example };

    const requested = await requestCall(ports, { action: PLACE, flow, scope: 'place' });
    const refused = await requestCall(ports, { action: PLACE, flow: { name: 'none' }, scope: 'place' });

    if (!requested.ok) throw new Error('It is to be taken.');
    const head = await world.startInstance().calls.load(requested.callKey);
    expect(head?.call.flow).toMatchObject({ name: 'test-flow', version: 1, status: 'active' });
    expect(refused).toMatchObject({
      ok: false,
      problem: {
        errors: [{ pointer: '/flow/name', detail: expect.stringContaining('test-flow') as unknown }],
      },
    });
  });
});

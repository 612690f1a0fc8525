import { describe, expect, it } from 'vitest';
import type { Action } from '../../../shared/domain/action.ts';
import type { CallEvent, ResultInfo } from '../../../shared/domain/call-event.ts';
import { callSummary, callView, journalView } from '../../../shared/http/call-view.ts';
import { callSchema } from '../../../shared/http/schemas/call-schema.ts';
import { requestedActionId } from '../../../shared/ids/requested-action-id.ts';
import type { Delivery } from '../../../shared/store/call-head.ts';
import { atSecond, CALL_KEY, callEvent, fold } from '../../support/call-events.ts';
import { actionOf, claimedDelivery, givenBack } from '../../support/ledgers.ts';

const connected = callEvent(atSecond(10), { type: 'call.connected', conversationId: 'conversation-1' });

function ended(reason: ResultInfo | null, wasConnected = false) {
  return callEvent(atSecond(60), { type: 'call.disconnected', conversationId: null, wasConnected, reason });
}

function viewOf(events: readonly CallEvent[]) {
  return callView({ call: fold(events).call, deliveries: {} });
}

function action(state: Action['state']): Action {
  const reason = state === 'planned' || state === 'done' ? null : `it is ${state}`;
  return { actionId: state, kind: 'playAudio', arguments: {}, plannedAt: atSecond(10), state, reason };
}

describe('callSummary', () => {
  it('tells the call in short', () => {
    expect(callSummary(fold([connected, ended(null)]).call)).toEqual({
      callKey: CALL_KEY,
      dialect: 'preview-2021-04',
      state: 'disconnected',
      callLegId: 'leg-1',
      callConnectionId: null,
      conversationId: 'conversation-1',
      createdAt: atSecond(10),
      connectedAt: atSecond(10),
      endedAt: atSecond(60),
      inferred: false,
      outcome: 'answered',
    });
  });

  it('has null for what is not known yet', () => {
    const { call } = fold([callEvent(atSecond(0), { type: 'call.connecting', conversationId: null })]);

    expect(callSummary(call)).toMatchObject({
      conversationId: null,
      connectedAt: null,
      endedAt: null,
      outcome: null,
    });
  });
});

describe('callView', () => {
  it('gives no reason while the call is open', () => {
    expect(viewOf([connected]).reason).toBeNull();
  });

  it.each([
    ['the dialect gives none after an answer', [connected, ended(null)], null, /does not say who ended it/],
    ['the dialect gives none before an answer', [ended(null)], null, /before anybody answered/],
    ['a code is known', [ended({ code: 486, subcode: null, message: 'Busy' })], 486, /busy/i],
    ['the codes are null', [ended({ code: null, subcode: null, message: '' })], null, /for no given reason/],
  ])('says why the call ended when %s', (_, events, code, text) => {
    expect(viewOf(events).reason).toMatchObject({
      code,
      text: expect.stringMatching(text) as string,
    });
  });

  it('says that an end was inferred, and no more once the true one is known', () => {
    const lost = callEvent(atSecond(90), { type: 'call.lost', reason: 'quiet' });

    expect(viewOf([connected, lost])).toMatchObject({
      state: 'disconnected',
      endedAt: atSecond(90),
      inferred: true,
      reason: { code: null, text: expect.stringMatching(/inferred: nothing was heard/) as string },
    });
    expect(viewOf([connected, lost, ended(null)])).toMatchObject({
      endedAt: atSecond(60),
      inferred: false,
      reason: { text: expect.stringMatching(/does not say who ended it/) as string },
    });
  });

  it('shows how far each action is, and one whose request is on its way as being sent', () => {
    const actions = [
      action('done'),
      action('unknown'),
      action('failed'),
      action('skipped'),
      { ...action('planned'), actionId: 'in-flight' },
      { ...action('skipped'), actionId: 'skipped-in-flight' },
      { ...action('planned'), actionId: 'given-back' },
      action('planned'),
    ];
    const { call } = fold([connected]);
    const delivery = claimedDelivery();
    const deliveries = {
      done: delivery,
      'in-flight': delivery,
      'skipped-in-flight': delivery,
      'given-back': { ...delivery, claimedBy: null, leaseUntil: null, notBefore: atSecond(20) },
    };

    const view = callView({ call: { ...call, actions }, deliveries });

    expect(view.actions.map(({ id, state }) => `${id}: ${state}`)).toEqual([
      'done: done',
      'unknown: unknown',
      'failed: failed',
      'skipped: skipped',
      'in-flight: sending',
      'skipped-in-flight: sending',
      'given-back: planned',
      'planned: planned',
    ]);
    expect(view.actions[2]).toEqual({
      id: 'failed',
      kind: 'playAudio',
      state: 'failed',
      reason: 'it is failed',
      nextTryAt: null,
      plannedAt: atSecond(10),
      nextCallKey: null,
    });
    expect(callSchema.parse(view)).toEqual(view);
  });

  it('tells of an action that it waits for a line, until it is sent', () => {
    const { call } = fold([connected]);
    const actions = [actionOf({ kind: 'placeCall' })];
    const waiting = givenBack({ waitsForLine: true });

    const reasonOf = (delivery: Delivery) =>
      callView({ call: { ...call, actions }, deliveries: { placeCall: delivery } }).actions[0]?.reason;

    expect(reasonOf(waiting)).toMatch(/^it waits for a line/);
    expect(reasonOf({ ...waiting, claimedBy: 'commit-1' })).toBeNull();
    expect(reasonOf(givenBack())).toBeNull();
  });

  it.each([
    {
      name: 'ACS did not take it',
      delivery: givenBack({ reason: 'ACS throttles: HTTP 429', attempts: 1 }),
      shown: { reason: 'tried once: ACS throttles: HTTP 429', nextTryAt: atSecond(30) },
    },
    {
      name: 'ACS did not take it, again',
      delivery: givenBack({ reason: 'ACS throttles: HTTP 429', attempts: 3 }),
      shown: { reason: 'tried 3 times: ACS throttles: HTTP 429', nextTryAt: atSecond(30) },
    },
    {
      name: 'there is no line, which comes when it comes',
      delivery: givenBack({ waitsForLine: true }),
      shown: { nextTryAt: null },
    },
    {
      name: 'it is being sent again',
      delivery: claimedDelivery({ attempts: 2 }),
      shown: { state: 'sending', reason: null, nextTryAt: null },
    },
  ])('says why an action waits, and when it is tried next: $name', ({ delivery, shown }) => {
    const { call } = fold([connected]);
    const actions = [actionOf({ kind: 'placeCall' })];

    const view = callView({ call: { ...call, actions }, deliveries: { placeCall: delivery } });

    expect(view.actions[0]).toMatchObject({ state: 'planned', ...shown });
    expect(callSchema.parse(view)).toEqual(view);
  });

  it('says when an action goes out that is to wait', () => {
    const { call } = fold([connected]);
    const actions = [
      actionOf({ kind: 'dialAgain', arguments: { callKey: 'c2' }, notBefore: atSecond(60) }),
      actionOf({ kind: 'hangUp' }),
    ];

    const view = callView({ call: { ...call, actions }, deliveries: {} });

    expect(view.actions.map(({ nextTryAt }) => nextTryAt)).toEqual([atSecond(60), null]);
  });

  it.each([
    {
      name: 'a placing',
      kind: 'placeCall' as const,
      given: { to: ['4:+14255550142'], from: '8:acs:app', callerId: '4:+18335550100', subject: 'Reminder' },
      shown: { to: ['4:+14255550142'], from: '8:acs:app', callerId: '4:+18335550100', subject: 'Reminder' },
    },
    {
      name: 'a joining',
      kind: 'joinCall' as const,
      given: { conversationId: 'conversation-1', from: '8:acs:app' },
      shown: { conversationId: 'conversation-1', from: '8:acs:app' },
    },
    {
      name: 'an invitation from outside',
      kind: 'addToConversation' as const,
      given: { conversationId: 'conversation-1', participants: ['8:acs:ann'], callerId: '4:+18335550100' },
      shown: { conversationId: 'conversation-1', to: ['8:acs:ann'], callerId: '4:+18335550100' },
    },
    {
      name: 'a removal from outside',
      kind: 'removeFromConversation' as const,
      given: { conversationId: 'conversation-1', participantId: 'ann' },
      shown: { conversationId: 'conversation-1', participantId: 'ann' },
    },
  ])('shows what was asked for: $name', ({ kind, given, shown }) => {
    const { call } = fold([connected]);
    const request = { actionId: requestedActionId(CALL_KEY), arguments: given };
    const actions = [actionOf({ kind: 'playAudio' }), actionOf({ kind, ...request })];
    const none = { to: null, from: null, callerId: null, conversationId: null, participantId: null };

    const view = callView({ call: { ...call, actions }, deliveries: {} });

    expect(view.request).toEqual({ kind, ...none, subject: null, ...shown });
    expect(callSchema.parse(view)).toEqual(view);
  });

  it('shows no request of a call that others placed, though it is acted on', () => {
    const { call } = fold([connected]);
    const actions = [actionOf({ kind: 'addToConversation' })];

    expect(callView({ call: { ...call, actions }, deliveries: {} }).request).toBeNull();
  });

  it('shows the timers that are armed', () => {
    const { call } = fold([connected]);
    const timers = [
      { timerId: 'silence', generation: 2, dueAt: atSecond(20), state: 'armed' as const },
      { timerId: 'prompt', generation: 1, dueAt: atSecond(15), state: 'fired' as const },
      { timerId: 'length', generation: 1, dueAt: atSecond(25), state: 'cancelled' as const },
    ];

    expect(callView({ call: { ...call, timers }, deliveries: {} }).timers).toEqual([
      { timerId: 'silence', generation: 2, dueAt: atSecond(20) },
    ]);
  });

  it('explains how an operation went, and how it went for each participant', () => {
    const result = { code: 486, subcode: 8539, message: 'It was busy.' };
    const { call } = fold([
      callEvent(atSecond(5), {
        type: 'participant.addFailed',
        operationContext: 'invite-1',
        result,
        participants: ['4:+14255550177'],
      }),
    ]);
    const [operation] = callView({ call, deliveries: {} }).operations;

    expect(operation).toMatchObject({ kind: 'addParticipants', status: 'failed', ...result });
    expect(operation?.reason?.text).toMatch(/busy/i);
    expect(operation?.participants[0]).toMatchObject({ rawId: '4:+14255550177', reason: operation?.reason });
  });

  it('explains nothing of an operation that runs', () => {
    const { call } = fold([
      callEvent(atSecond(5), { type: 'play.started', operationContext: 'play-1', result: null }),
    ]);

    expect(callView({ call, deliveries: {} }).operations[0]).toMatchObject({
      status: 'running',
      reason: null,
    });
  });
});

describe('journalView', () => {
  it('tells what an event says apart from what it is', () => {
    expect(journalView({ number: 3, event: connected })).toEqual({
      number: 3,
      type: 'call.connected',
      at: atSecond(10),
      receivedAt: atSecond(10),
      fingerprint: connected.fingerprint,
      dialect: 'preview-2021-04',
      callLegId: 'leg-1',
      callConnectionId: null,
      data: { conversationId: 'conversation-1' },
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { CalleeBookInput } from '../../../../local/emulator/core/callee-book.ts';
import { identityOf } from '../../../../local/emulator/core/identity.ts';
import {
  BOB,
  connectedCall,
  legRequest,
  virtualExchange,
} from '../../../support/emulator/virtual-exchange.ts';

describe('participants', () => {
  it('are told of together when they come, and apart from those who do not', () => {
    const { exchange, callId, clock, news } = connectedCall({
      callees: [
        { match: BOB, script: { pickUp: 'answer' } },
        { match: '8:acs:*', script: { pickUp: 'answer', afterSeconds: 1 } },
        { match: '+3', script: { pickUp: 'busy', afterSeconds: 2 } },
      ],
    });
    const identities = ['8:acs:agent', '+3', '8:acs:other'].map(identityOf);

    exchange.invite(callId, { identities, operationContext: 'i1', callbackUri: undefined });
    clock.turn(5);

    expect(news()).toEqual([
      `4 roster app, ${BOB}, 8:acs:agent`,
      `4 roster app, ${BOB}, 8:acs:agent, 8:acs:other`,
      '5 invite i1 completed 8:acs:agent, 8:acs:other',
      '5 invite i1 failed 486/8539 +3',
    ]);
  });

  it('can be removed, and the last one takes the call along', () => {
    const { exchange, callId, clock, news, call } = connectedCall();
    const bob = call.conversation.roster.find(({ identity }) => identity.kind === 'phone');

    expect(exchange.remove(callId, 'nobody')).toEqual({ ok: false, refusal: 'noParticipant' });
    expect(exchange.remove(callId, bob?.participantId ?? '').ok).toBe(true);
    clock.turn(1);

    expect(news()).toEqual([
      '3 roster app',
      '3 disconnecting on a conversation',
      '3.3 disconnected on a conversation',
    ]);
  });

  it('all go, and every leg ends, when the call is ended for all', () => {
    const { exchange, callId, clock, news, call } = connectedCall();
    exchange.join(call.conversation.id, { ...legRequest(), wantsRoster: false });
    clock.turn(1);
    news();

    exchange.endForAll(callId);
    clock.turn(1);

    expect(news()).toEqual([
      '4 disconnecting on a conversation',
      '4 disconnecting on a conversation',
      '4.3 disconnected on a conversation',
      '4.3 disconnected on a conversation',
    ]);
    expect(call.conversation.roster).toEqual([]);
  });
});

describe('a conversation', () => {
  const GROUP = '29228d3e-040e-4656-a70e-890ab4e173e5';
  const group: CalleeBookInput = {
    conversations: [
      {
        match: GROUP,
        members: [
          { identity: '8:acs:ann', steps: [{ on: 'connected', afterSeconds: 5, do: 'hangUp' }] },
          {
            identity: '+2',
            joinsAfterSeconds: 2,
            steps: [
              { on: 'connected', afterSeconds: 1, do: 'mute' },
              { on: 'connected', afterSeconds: 6, do: 'hangUp' },
            ],
          },
        ],
      },
    ],
  };

  it('shows a leg that joined who comes and goes, until nobody but the app is on it', () => {
    const { exchange, clock, news } = virtualExchange(group);

    expect(exchange.join(GROUP, legRequest()).ok).toBe(true);
    clock.turn(60);

    expect(news()).toEqual([
      '0 connecting',
      '0.5 connected on a conversation',
      '0.5 roster 8:acs:ann, app',
      '2 roster 8:acs:ann, app, +2',
      '3 roster 8:acs:ann, app, +2 (muted)',
      '5 roster app, +2 (muted)',
      '8 roster app',
    ]);
  });

  it('is not found when it is unknown', () => {
    const { exchange } = virtualExchange(group);

    expect(exchange.join('unknown', legRequest())).toEqual({ ok: false, refusal: 'notFound' });
    expect(exchange.desk.remove('unknown', 'someone')).toEqual({ ok: false, refusal: 'notFound' });
  });

  it('takes invitations and removals from outside, told at their own URI under one id', () => {
    const { exchange, clock, news, events } = virtualExchange({
      ...group,
      callees: [{ match: '+3', script: { pickUp: 'decline', afterSeconds: 1 } }],
    });
    const invitation = { operationContext: 'o1', callbackUri: 'http://app.example.invalid/other' };

    exchange.desk.invite(GROUP, { ...invitation, identities: [identityOf('8:acs:cy')] });
    exchange.desk.invite(GROUP, { ...invitation, identities: [identityOf('+3')] });
    exchange.desk.invite(GROUP, { ...invitation, identities: [identityOf('+3')], callbackUri: undefined });
    clock.turn(3);

    expect(new Set(events.map(({ leg, callbackUri }) => `${leg.id} ${callbackUri}`)).size).toBe(1);
    expect(news()).toEqual(['1 invite o1 failed 603/8538 +3', '2 invite o1 completed 8:acs:cy']);
    const cy = exchange.desk.find(GROUP)?.roster.find(({ identity }) => identity.rawId === '8:acs:cy');
    expect(exchange.desk.remove(GROUP, cy?.participantId ?? '').ok).toBe(true);
    expect(exchange.desk.remove(GROUP, cy?.participantId ?? '')).toEqual({
      ok: false,
      refusal: 'noParticipant',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { identityOf } from '../../../../local/emulator/core/identity.ts';
import {
  answering,
  BOB,
  connectedCall,
  prompt,
  virtualExchange,
} from '../../../support/emulator/virtual-exchange.ts';

describe('prompts', () => {
  it('play one after the other, and all end with a cancellation', () => {
    const { exchange, callId, clock, news } = connectedCall();

    const statuses = ['a', 'b'].map(operationContext => {
      const request = {
        ...prompt('https://x.invalid/4', { loop: operationContext === 'b' }),
        operationContext,
      };
      const result = exchange.play(callId, request);
      return result.ok ? result.value.status : result.refusal;
    });
    clock.turn(50);
    exchange.play(callId, prompt('https://x.invalid/1', { operationContext: 'c' }));
    exchange.cancelMedia(callId, null);
    clock.turn(5);

    expect(statuses).toEqual(['running', 'notStarted']);
    expect(news()).toEqual([
      '3 play a running',
      '7 play a completed 200/0',
      '7 play b running',
      '53 play b cancelled 400/8508',
      '53 play c cancelled 400/8508',
    ]);
  });

  it('fail where the file cannot be played, and the next one plays', () => {
    const { exchange, callId, news } = connectedCall();

    exchange.play(callId, prompt('https://x.invalid/none'));
    exchange.play(callId, prompt('https://x.invalid/1'));

    expect(news()).toEqual(['3 play p1 failed 400/8536', '3 play p1 running']);
  });

  it.each([
    { name: 'before the call is connected', turn: 1, refusal: 'notConnected' },
    { name: 'after it has ended', turn: 100, refusal: 'notFound' },
  ])('are refused $name, like all that needs a connection', ({ turn, refusal }) => {
    const steps = [{ on: 'connected', afterSeconds: 10, do: 'hangUp' }] as const;
    const { place, exchange, clock } = virtualExchange(answering(...steps));
    const { id } = place([BOB]).leg;
    clock.turn(turn);
    const invitation = { identities: [identityOf('+3')], operationContext: null, callbackUri: undefined };

    const results = [
      exchange.play(id, prompt('https://x.invalid/1')),
      exchange.cancelMedia(id, null),
      exchange.invite(id, invitation),
      exchange.remove(id, 'someone'),
    ];

    expect(results).toEqual(Array(4).fill({ ok: false, refusal }));
  });
});

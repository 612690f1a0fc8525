import { describe, expect, it } from 'vitest';
import type { CalleeBookInput } from '../../../../local/emulator/core/callee-book.ts';
import { identityOf } from '../../../../local/emulator/core/identity.ts';
import {
  answering,
  BOB,
  connectedCall,
  prompt,
  virtualExchange,
} from '../../../support/emulator/virtual-exchange.ts';

type ScriptInput = Exclude<NonNullable<CalleeBookInput['callees']>[number]['script'], string>;

describe('a placed call', () => {
  it('is established when the callee answers, and says who is on it', () => {
    const { place, clock, news } = virtualExchange(answering());

    place([BOB]);
    clock.turn(60);

    expect(news()).toEqual(['0 connecting', '2 connected on a conversation', `2 roster app, ${BOB}`]);
  });

  it.each<{ name: string; script: ScriptInput; at: number; why: string }>([
    { name: 'is busy', script: { pickUp: 'busy' }, at: 1, why: 'busy' },
    { name: 'declines', script: { pickUp: 'decline', afterSeconds: 4 }, at: 4, why: 'declined' },
    { name: 'never answers', script: { pickUp: 'never' }, at: 60, why: 'did not answer in time' },
    { name: 'answers too late', script: { pickUp: 'answer', afterSeconds: 61 }, at: 60, why: 'in time' },
  ])('ends without ever having a conversation when the callee $name', ({ script, at, why }) => {
    const { place, clock, news, happenings } = virtualExchange({ callees: [{ match: '*', script }] });

    place([BOB]);
    clock.turn(120);

    expect(news()).toEqual(['0 connecting', `${at} disconnected`]);
    expect(happenings.find(({ kind }) => kind === 'unanswered')?.detail).toContain(why);
  });

  it('is taken by voicemail, which records, presses nothing and hangs up', () => {
    const script = { pickUp: 'voicemail', afterSeconds: 10, recordsForSeconds: 20 } as const;
    const { place, clock, news, exchange } = virtualExchange({ callees: [{ match: '*', script }] });

    const { leg } = place([BOB]);
    clock.turn(11);
    exchange.play(leg.id, prompt('https://x.invalid/4'));
    clock.turn(60);

    expect(news()).toEqual([
      '0 connecting',
      '10 connected on a conversation',
      `10 roster app, ${BOB}`,
      '11 play p1 running',
      '15 play p1 completed 200/0',
      '30 roster app',
      '30 disconnecting on a conversation',
      '30.3 disconnected on a conversation',
    ]);
  });

  it('is connected by the first of several to answer, and outlives those who do not', () => {
    const { place, clock, news } = virtualExchange({
      callees: [
        { match: '+1', script: { pickUp: 'busy' } },
        { match: '+2', script: { pickUp: 'answer', afterSeconds: 3 } },
        { match: '+3', script: { pickUp: 'answer', afterSeconds: 5 } },
      ],
    });

    place(['+1', '+2', '+3']);
    clock.turn(10);

    expect(news()).toEqual([
      '0 connecting',
      '3 connected on a conversation',
      '3 roster app, +2',
      '5 roster app, +2, +3',
    ]);
  });

  it('tells no roster and no tones when the app asked for none', () => {
    const steps = [{ on: 'connected', press: '1' }] as const;
    const { place, clock, news } = virtualExchange(answering(...steps));

    place([BOB], { wantsRoster: false, wantsTones: false });
    clock.turn(10);

    expect(news()).toEqual(['0 connecting', '2 connected on a conversation']);
  });

  it('ends when the app hangs up, with what plays and rings cut short', () => {
    const { exchange, callId, clock, news, call } = connectedCall();
    exchange.play(callId, prompt('https://x.invalid/60'));
    exchange.invite(callId, {
      identities: [identityOf('+3')],
      operationContext: 'i1',
      callbackUri: undefined,
    });
    clock.turn(0.5);

    expect(exchange.hangUp(callId).ok).toBe(true);
    clock.turn(5);

    expect(news()).toEqual([
      '3 play p1 running',
      '3.5 invite i1 failed 487/0 +3',
      '3.5 play p1 cancelled 400/8508',
      '3.5 disconnecting on a conversation',
      '3.8 disconnected on a conversation',
    ]);
    expect(call.state).toBe('disconnected');
    expect(exchange.hangUp(callId)).toEqual({ ok: false, refusal: 'notFound' });
  });

  it('can be hung up while it rings', () => {
    const { place, exchange, clock, news, count } = virtualExchange(answering());
    const { leg } = place([BOB]);
    clock.turn(1);

    exchange.hangUp(leg.id);
    clock.turn(10);

    expect(news()).toEqual(['0 connecting', '1 disconnecting', '1.3 disconnected']);
    expect(count('answered')).toBe(0);
  });
});

describe('chance', () => {
  it('gives a call the same ids and events whatever other calls there are', () => {
    const alone = virtualExchange(answering({ on: 'prompt', press: '1' }));
    const crowded = virtualExchange(answering({ on: 'prompt', press: '1' }));
    for (let index = 0; index < 20; index += 1) crowded.place([`+1${index}`]);

    const [one, other] = [alone, crowded].map(({ place, clock, exchange, events }) => {
      const { id } = place([BOB]).leg;
      clock.turn(3);
      exchange.play(id, prompt('https://x.invalid/1'));
      clock.turn(3);
      return events.filter(({ leg }) => leg.id === id);
    });

    expect(other).toEqual(one);
    expect(one).toHaveLength(6);
  });
});

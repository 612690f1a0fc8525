import { describe, expect, it } from 'vitest';
import { identityOf } from '../../../../local/emulator/core/identity.ts';
import { answering, BOB, connectedCall } from '../../../support/emulator/virtual-exchange.ts';

const AGENT = identityOf('8:acs:agent');
const bob = identityOf(BOB);
const about = (operationContext: string) => ({ operationContext, callbackUri: undefined });

/** A call with Bob, to which the agent was brought. */
function callOfThree() {
  const world = connectedCall();
  world.call.bring(AGENT);
  world.news();
  return world;
}

describe('a transfer', () => {
  it('takes the app off a call for two, which goes on', () => {
    const { exchange, callId, clock, news, call } = connectedCall();

    exchange.control.transfer(callId, { ...about('t1'), target: AGENT, transferee: undefined });
    clock.turn(5);

    expect(news()).toEqual([
      `5 roster app, ${BOB}, ${AGENT.rawId}`,
      '5 transfer t1 completed 200/0',
      '5 disconnecting on a conversation',
      '5.3 disconnected on a conversation',
    ]);
    expect(call.conversation.people).toBe(2);
  });

  it('takes one out of a larger call, and needs to know whom', () => {
    const { exchange, callId, clock, news } = callOfThree();
    const target = identityOf('8:acs:other');

    const ambiguous = exchange.control.transfer(callId, { ...about('t1'), target, transferee: undefined });
    const absent = exchange.control.transfer(callId, { ...about('t2'), target, transferee: target });
    exchange.control.transfer(callId, { ...about('t3'), target, transferee: bob });
    clock.turn(5);

    expect([ambiguous, absent]).toEqual([
      { ok: false, refusal: 'ambiguous' },
      { ok: false, refusal: 'noParticipant' },
    ]);
    expect(news()).toEqual(['5 transfer t3 completed 200/0', `5 roster app, ${AGENT.rawId}`]);
  });

  it('is not told of when the call ends before', () => {
    const { exchange, callId, clock, news } = connectedCall();

    exchange.control.transfer(callId, { ...about('t1'), target: AGENT, transferee: undefined });
    exchange.hangUp(callId);
    clock.turn(5);

    expect(news()).toEqual(['3 disconnecting on a conversation', '3.3 disconnected on a conversation']);
  });
});

describe('moving', () => {
  it('brings somebody along as they are, and they go on with what they do', () => {
    const steps = [{ on: 'connected', afterSeconds: 10, do: 'hangUp' }] as const;
    const { exchange, callId, clock, news, place } = connectedCall(answering(...steps));
    const other = place(['8:acs:resource_other']);
    clock.turn(3);
    news();

    const moved = exchange.control.move(other.leg.id, [bob], { ...about('m1'), fromCall: callId });
    clock.turn(10);

    expect(moved.ok).toBe(true);
    expect(news()).toEqual([
      '6 roster app',
      '6 disconnecting on a conversation',
      `6 roster app, 8:acs:resource_other, ${BOB}`,
      `6 move m1 completed ${BOB} 200/0`,
      '6.3 disconnected on a conversation',
      '12 roster app, 8:acs:resource_other',
    ]);
  });

  it('tells of those who are not there, and is refused from a call that is not', () => {
    const { exchange, callId, news } = connectedCall();

    exchange.control.move(callId, [AGENT], { ...about('m1'), fromCall: callId });
    const refused = exchange.control.move(callId, [bob], { ...about('m2'), fromCall: 'nowhere' });

    expect(news()).toEqual([`3 move m1 failed ${AGENT.rawId} 404/8522`]);
    expect(refused).toEqual({ ok: false, refusal: 'notFound' });
  });
});

describe('tones', () => {
  it('are told of while they are listened to, with a number each', () => {
    const { exchange, callId, clock, events, call } = connectedCall();
    const press = (keys: string) => {
      call.conversation.find(undefined)?.press(keys);
      clock.turn(1);
    };
    const { length } = events;

    press('1');
    exchange.control.listen(callId, bob, about('l1'));
    press('23');
    exchange.control.stopListening(callId, bob, about('l2'));
    press('4');
    exchange.control.stopListening(callId, bob, about('l3'));

    const told = events.slice(length).map(({ news }) => news);
    expect(told.filter(news => 'operationContext' in news && news.operationContext !== null)).toEqual([
      { type: 'tone', sequenceId: 1, key: '2', operationContext: 'l1' },
      { type: 'tone', sequenceId: 2, key: '3', operationContext: 'l1' },
      { type: 'tonesStopped', operationContext: 'l2' },
    ]);
  });

  it('can only be sent to a telephone', () => {
    const { exchange, callId, clock, news } = callOfThree();

    exchange.control.sendTones(callId, bob, { ...about('s1'), keys: ['1', '2'] });
    exchange.control.sendTones(callId, AGENT, { ...about('s2'), keys: ['1'] });
    clock.turn(1);

    expect(news()).toEqual(['3.3 sendTones s2 failed 400/8523', '3.6 sendTones s1 completed 200/0']);
  });
});

describe('a recording', () => {
  const how = {
    callbackUri: 'http://app/rec',
    content: 'audio',
    channels: 'mixed',
    format: 'wav',
    startsPaused: false,
  };

  it('ends with its call, which is told before the end', () => {
    const { exchange, callId, clock, news } = connectedCall();

    const started = exchange.recordings.start(callId, how);
    const again = exchange.recordings.start(callId, how);
    exchange.hangUp(callId);
    clock.turn(1);

    expect(again).toEqual({ ok: false, refusal: 'alreadyRecording' });
    expect(news()).toEqual([
      '3 recording',
      '3 disconnecting on a conversation',
      '3.3 recording',
      '3.3 disconnected on a conversation',
    ]);
    const id = started.ok ? started.value.id : '';
    expect(exchange.recordings.setActive(id, true)).toEqual({ ok: false, refusal: 'noRecording' });
  });

  it('is active or paused, and not twice the same', () => {
    const { exchange, callId } = connectedCall();
    const started = exchange.recordings.start(callId, { ...how, startsPaused: true });
    const id = started.ok ? started.value.id : '';

    const results = [
      exchange.recordings.setActive(id, false),
      exchange.recordings.setActive(id, true),
      exchange.recordings.setActive('other', true),
      exchange.recordings.stop(id),
    ];

    expect(results.map(result => (result.ok ? result.value.isActive : result.refusal))).toEqual([
      'wrongState',
      false,
      'noRecording',
      false,
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import * as z from 'zod';
import type { Call } from '../../../shared/domain/call.ts';
import type { CallEvent } from '../../../shared/domain/call-event.ts';
import { applyEvent } from '../../../shared/flows/apply-event.ts';
import { listening } from '../../../shared/flows/decider.ts';
import type { Flow, MachineFlow } from '../../../shared/flows/flow.ts';
import { flowLookup } from '../../../shared/flows/flow-lookup.ts';
import { type FlowTypes, flowActions } from '../../../shared/flows/flow-setup.ts';
import { FlowCall } from '../../../shared/flows/testing/flow-call.ts';
import { connected, received, tone } from '../../support/acting.ts';
import { atSecond, CALL_KEY, callEvent } from '../../support/call-events.ts';
import { testFlow } from '../../support/test-flow.ts';

const begun = () => new FlowCall(testFlow);

describe('a flow on a call', () => {
  it('waits for an answer, then does what its states say, and ends with a result', () => {
    const call = begun().answers();
    expect(call.did).toEqual(['playAudio greeting']);
    expect(call.actions[0]).toMatchObject({
      state: 'done',
      arguments: { audioFileUri: testFlow.example['prompt'] },
    });

    call.presses('1').promptEnds().presses('2#').waits(15);

    expect(call.did).toEqual(['playAudio greeting', 'hangUp']);
    expect(call).toMatchObject({ isOver: true, result: { keys: '12' }, state: 'over', error: null });
    expect(call.call.timers.every(({ state }) => state !== 'armed')).toBe(true);
  });

  it('fires a time-out as often as it is armed anew, and only the last arming', () => {
    const call = begun().answers().promptEnds().waits(9).presses('1').waits(9);
    expect(call.state).toBe('listening');

    expect(call.waits(1.1).state).toBe('leaving');
  });

  it('lets a time-out go when its state is left', () => {
    const call = begun().answers().promptEnds();

    expect(call.call.timers.map(({ timerId, state }) => `${timerId} ${state}`)).toEqual([
      'xstate.after.20000.test-flow.greeting cancelled',
      'xstate.after.10000.test-flow.listening armed',
    ]);
  });

  it('arms no time-out of a state that it only passes through', () => {
    const machine = setup({ types: {} as FlowTypes<object>, actions: flowActions }).createMachine({
      initial: 'a',
      states: {
        a: { on: { connected: 'passing' } },
        passing: { always: 'b', after: { 5000: 'a' } },
        b: {},
      },
    });
    const call = new FlowCall({ ...testFlow, machine }).answers();

    expect(call.state).toBe('b');
    expect(call.call.timers.filter(({ state }) => state === 'armed')).toEqual([]);
  });

  it('hears of a prompt that is refused', () => {
    expect(new FlowCall(testFlow, { refused: ['playAudio'] }).answers().did).toEqual([
      'playAudio greeting',
      'hangUp',
    ]);
  });

  it('is shown the end when the call has settled, and decides nothing after it', () => {
    const call = begun().answers().hangsUp();
    expect(call.state).toBe('greeting');

    call.waits(15);
    expect(call).toMatchObject({ state: 'over', result: { keys: '' } });

    expect(call.presses('1').result).toEqual({ keys: '' });
  });

  it('plans what comes late as skipped, and knows it', () => {
    const call = begun().hangsUp('no-answer');
    call.answers().presses('3').waits(15);

    expect(call.actions).toMatchObject([{ kind: 'playAudio', state: 'skipped' }]);
    expect(call.result).toEqual({ keys: '3' });
  });
});

describe('a flow that breaks its rules', () => {
  const broken = (machine: MachineFlow['machine']): Flow => ({ ...testFlow, machine });
  const types = {} as FlowTypes<object>;
  const cases = [
    {
      name: 'throws',
      machine: setup({
        types,
        actions: flowActions,
        guards: {
          bad: () => {
            throw new Error('no such thing');
          },
        },
      }).createMachine({
        on: { connected: { guard: 'bad', target: '.b' } },
        initial: 'a',
        states: { a: {}, b: {} },
      }),
      error: /no such thing/,
    },
    {
      name: 'plays what is no prompt',
      machine: setup({ types, actions: flowActions }).createMachine({
        on: { connected: { actions: { type: 'playAudio', params: { audioFileUri: 'reminder.wav' } } } },
      }),
      error: /playAudio: \/audioFileUri: expected the URL of a WAV file/,
    },
    {
      name: 'does something by itself',
      machine: setup({ types, actions: { ...flowActions, log: () => undefined } }).createMachine({
        on: { connected: { actions: 'log' } },
      }),
      error: /the flow wants log done, which is no action of Ringback/,
    },
    {
      name: 'goes from state to state without end',
      machine: setup({ types, actions: flowActions }).createMachine({
        initial: 'a',
        states: { a: { on: { connected: 'b' } }, b: { always: 'c' }, c: { always: 'b' } },
      }),
      error: /Infinite loop detected/,
    },
  ];

  it.each(cases)('fails and hangs up when it $name', ({ machine, error }) => {
    const call = new FlowCall(broken(machine)).answers();

    expect(call.error).toMatch(error);
    expect(call.did).toEqual(['hangUp']);
    expect(call.call.flow?.status).toBe('failed');
  });
});

describe('plain handlers', () => {
  const flow: Flow = {
    name: 'greeter',
    version: 1,
    summary: 'Greets.',
    input: z.object({}),
    example: {},
    on: {
      connected: () => [
        { kind: 'playAudio', arguments: { audioFileUri: 'https://media.example.com/hi.wav' }, name: 'hi' },
      ],
      operationEnded: (_, { name }) => (name === 'hi' ? [{ kind: 'hangUp', arguments: {} }] : []),
    },
  };

  it('do what they answer each signal with', () => {
    const call = new FlowCall(flow).answers().promptEnds().waits(15);

    expect(call.did).toEqual(['playAudio hi', 'hangUp']);
    expect(call.call.flow).toMatchObject({ status: 'done', snapshot: null });
  });

  it('are shown the end of what a key led to before the next key, though both came first', () => {
    const plays = (name: string) => [
      { kind: 'playAudio' as const, arguments: { audioFileUri: 'https://media.example.com/hi.wav' }, name },
    ];
    const pressed: Flow = {
      ...flow,
      on: {
        toneReceived: (_, { key }) => plays(`key ${key}`),
        operationEnded: (_, { name }) => plays(`behind ${name}`),
      },
    };
    const requested = callEvent(atSecond(0), {
      type: 'call.requested',
      actionId: 'place',
      action: { kind: 'placeCall', arguments: {} },
      flow: { name: 'greeter', version: 1, input: {} },
    });
    const namesAfter = (...events: readonly CallEvent[]) => {
      let call: Call | undefined;
      const context = { callKey: CALL_KEY, decider: listening, flows: flowLookup([pressed]) };
      for (const event of [requested, connected, ...events]) ({ call } = applyEvent(call, event, context));
      return call?.flow?.names ?? {};
    };
    const second = received(callEvent(atSecond(7), { type: 'tone.received', sequenceId: 2, tone: 'two' }));
    const [operationContext = ''] = Object.keys(namesAfter(tone(1)));
    const end = received(callEvent(atSecond(8), { type: 'play.completed', operationContext, result: null }));

    expect(Object.values(namesAfter(second, end, tone(1)))).toEqual(['key 1', 'behind key 1', 'key 2']);
  });
});

describe('a statechart in storage', () => {
  it('goes back to where a history state says', () => {
    const machine = setup({ types: {} as FlowTypes<object>, actions: flowActions }).createMachine({
      initial: 'menu',
      states: {
        menu: {
          initial: 'first',
          states: {
            first: { on: { toneReceived: 'second' } },
            second: {},
            last: { type: 'history' },
          },
          on: { rosterChanged: 'aside' },
        },
        aside: { on: { toneReceived: 'menu.last' } },
      },
    });
    const call = new FlowCall({ ...testFlow, machine }).answers().presses('1').isOnTheCall('8:acs:ann');
    expect(call.state).toBe('aside');

    expect(call.presses('1').state).toBe('menu.second');
  });

  it('lets go of every time-out when it is done', () => {
    const machine = setup({ types: {} as FlowTypes<object>, actions: flowActions }).createMachine({
      initial: 'a',
      after: { 60000: '.b' },
      states: { a: { on: { connected: { target: 'b', actions: 'hangUp' } } }, b: { type: 'final' } },
    });
    const { call } = new FlowCall({ ...testFlow, machine }).answers();

    expect(call.flow?.status).toBe('done');
    expect(call.timers.map(({ state }) => state)).toEqual(['cancelled']);
  });
});

import { describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import { diagramOf } from '../../../../shared/flows/checking/diagram.ts';
import { type FlowTypes, flowActions } from '../../../../shared/flows/flow-setup.ts';

describe('diagramOf', () => {
  it('draws states within states, guards, actions, time-outs and what is answered anywhere', () => {
    const machine = setup({
      types: {} as FlowTypes<object>,
      actions: flowActions,
      guards: { isRight: () => true },
      delays: { silence: 1_000 },
    }).createMachine({
      id: 'x',
      initial: 'a',
      on: { disconnected: '.over' },
      states: {
        a: {
          entry: 'cancelMedia',
          initial: 'inner',
          states: { inner: { after: { silence: 'other' } }, other: {} },
          on: { toneReceived: { guard: 'isRight', target: 'over', actions: 'hangUp' } },
          after: { 7200000: 'over', 1500: 'over' },
        },
        over: { type: 'final' },
      },
    });

    expect(diagramOf(machine)).toBe(
      [
        'stateDiagram-v2',
        '  [*] --> a',
        '  state a {',
        '    [*] --> a_inner',
        '    a_inner --> a_other : after silence',
        '  }',
        '  a : a\\ncancelMedia',
        '  over --> [*]',
        '  a --> over : toneReceived [isRight] / hangUp',
        '  a --> over : after 1500 ms',
        '  a --> over : after 2 h',
        '  state "anywhere" as anywhere',
        '  anywhere --> over : disconnected',
      ].join('\n'),
    );
  });
});

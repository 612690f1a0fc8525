import { describe, expect, it } from 'vitest';
import { FlowCall } from '../../../shared/flows/testing/flow-call.ts';
import { FLOW_SCRIPTS } from '../../support/flow-scripts.ts';

describe('a shipped flow', () => {
  it.each(FLOW_SCRIPTS)(
    'does and reports the same in every dialect: $flow.name, whose callee $callee',
    ({ flow, play }) => {
      const [preview, ga] = (['preview-2021-04', 'ga'] as const).map(dialect =>
        play(new FlowCall(flow, { dialect })).waits(600),
      );
      const told = (call: FlowCall | undefined) => ({
        actions: call?.actions.map(({ kind, name, state }) => ({ kind, name, state })),
        result: JSON.parse(JSON.stringify(call?.result ?? null).replaceAll(/\d{7}Z/g, 'Z')) as unknown,
        state: call?.state,
        error: call?.error,
      });

      expect(told(ga)).toEqual(told(preview));
    },
  );

  it('is told of keys on GA because the call listens for them', () => {
    const kinds = FLOW_SCRIPTS.map(({ flow, play }) => {
      const { call } = play(new FlowCall(flow, { dialect: 'ga' }));
      return call.actions.filter(({ kind }) => kind === 'startContinuousDtmf').map(({ state }) => state);
    });

    // Nobody can be listened to who did not answer.
    expect(kinds).toEqual(FLOW_SCRIPTS.map(({ callee }) => (callee === 'does not answer' ? [] : ['done'])));
  });
});

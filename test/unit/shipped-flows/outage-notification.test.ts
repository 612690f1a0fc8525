import { describe, expect, it } from 'vitest';
import { outageNotification } from '../../../flows/outage-notification.ts';
import { FlowCall } from '../../../shared/flows/testing/flow-call.ts';

const begun = (attempt = 1) => new FlowCall(outageNotification, { attempt });

describe('outage-notification', () => {
  it('is acknowledged by a key', () => {
    const call = begun().answers().presses('5').presses('1').promptEnds().waits(20);

    expect(call.did).toEqual(['playAudio notice 1', 'cancelMedia', 'playAudio thanks', 'hangUp']);
    expect(call.result).toEqual({ acknowledged: true, attempt: 1, dialsAgain: false, outcome: 'answered' });
  });

  it.each(['no-answer', 'busy'] as const)('calls again after %s', reason => {
    const call = begun().hangsUp(reason).waits(15);

    expect(call.actions).toMatchObject([
      { kind: 'dialAgain', state: 'planned', arguments: { afterSeconds: 300 } },
    ]);
    expect(call.result).toMatchObject({ acknowledged: false, dialsAgain: true, outcome: reason });
    expect(call.waits(300).actions).toMatchObject([{ state: 'done' }]);
  });

  it('calls again where a voicemail answered, once the notice was played twice', () => {
    const call = begun().answers().promptEnds().waits(10).promptEnds().waits(30);

    expect(call.did).toEqual(['playAudio notice 1', 'playAudio notice 2', 'hangUp', 'dialAgain']);
    expect(call.actions.at(-1)).toMatchObject({ kind: 'dialAgain', state: 'planned' });
    expect(call.result).toMatchObject({ acknowledged: false, dialsAgain: true, outcome: 'answered' });
  });

  it('does not call again where the callee declined', () => {
    const call = begun().hangsUp('declined').waits(15);

    expect(call.result).toMatchObject({ dialsAgain: false, outcome: 'declined' });
  });

  it('gives up after the last attempt', () => {
    const call = begun(3).hangsUp('no-answer').waits(400);

    expect(call.actions).toEqual([]);
    expect(call.result).toMatchObject({ attempt: 3, dialsAgain: false });
  });
});

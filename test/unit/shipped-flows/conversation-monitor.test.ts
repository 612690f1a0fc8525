import { describe, expect, it } from 'vitest';
import { conversationMonitor } from '../../../flows/conversation-monitor.ts';
import { FlowCall } from '../../../shared/flows/testing/flow-call.ts';

const ANN = '8:acs:ann';
const joined = () => new FlowCall(conversationMonitor).answers();

describe('conversation-monitor', () => {
  it('stays while somebody is there, leaves when nobody is, and reports who was there', () => {
    const call = joined().isOnTheCall(ANN, '8:acs:ben').waits(3_600).isOnTheCall(ANN).waits(60).isOnTheCall();
    expect(call.waits(59).did).toEqual([]);

    call.waits(20);
    expect(call.did).toEqual(['hangUp']);
    expect(call.result).toMatchObject({
      participants: [{ rawId: ANN }, { rawId: '8:acs:ben' }, { rawId: '8:acs:ringback' }],
    });
  });

  it('does not leave for somebody who is back within a minute', () => {
    expect(joined().isOnTheCall(ANN).isOnTheCall().waits(50).isOnTheCall(ANN).waits(600).state).toBe(
      'inside.watching',
    );
  });

  it('leaves a conversation that nobody comes to, and one that does not end', () => {
    expect(joined().waits(61).did).toEqual(['hangUp']);
    expect(joined().isOnTheCall(ANN).waits(86_401).did).toEqual(['hangUp']);
  });
});

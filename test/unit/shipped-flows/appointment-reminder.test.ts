import { describe, expect, it } from 'vitest';
import { appointmentReminder } from '../../../flows/appointment-reminder.ts';
import { FlowCall } from '../../../shared/flows/testing/flow-call.ts';

const answered = (refused: readonly 'addParticipants'[] = []) =>
  new FlowCall(appointmentReminder, { refused }).answers();

describe('appointment-reminder', () => {
  it('plays the reminder until 1 confirms it', () => {
    const call = answered().waits(12).presses('1').promptEnds().waits(20);

    expect(call.did).toEqual(['playAudio reminder 1', 'cancelMedia', 'playAudio confirmed', 'hangUp']);
    expect(call.result).toEqual({ answer: 'confirmed', reminded: 1, invited: 0, outcome: 'answered' });
  });

  it('reminds once more after a silence, then hangs up', () => {
    const call = answered().waits(90);

    expect(call.did.filter(each => each !== 'cancelMedia')).toEqual([
      'playAudio reminder 1',
      'playAudio reminder 2',
      'hangUp',
    ]);
    expect(call.result).toMatchObject({ answer: null, reminded: 2 });
  });

  it('brings the agent on at 2, and stays until both have left', () => {
    const call = answered().presses('2').joins().isOnTheCall('4:+14255550142', '4:+14255550199').waits(600);
    expect(call.state).toBe('talking');

    call.isOnTheCall().waits(20);
    expect(call.result).toMatchObject({ answer: 'agent', invited: 1 });
  });

  it('invites the agent again, and says so when nobody comes', () => {
    const call = answered().presses('2').doesNotJoin().waits(5).doesNotJoin().waits(70);
    expect(call.did.slice(-2)).toEqual(['addParticipants agent 3', 'playAudio unavailable']);

    call.promptEnds().waits(20);
    expect(call.result).toMatchObject({ answer: 'agent-unavailable', invited: 3 });
  });

  it('takes an invitation that ACS refuses for one that nobody answers', () => {
    expect(answered(['addParticipants']).presses('2').waits(20).state).toBe('apologizing');
  });

  it('says what came of a call that nobody answered', () => {
    const call = new FlowCall(appointmentReminder).hangsUp('busy').waits(15);

    expect(call.result).toMatchObject({ answer: null, outcome: 'busy' });
    expect(call.did).toEqual([]);
  });
});

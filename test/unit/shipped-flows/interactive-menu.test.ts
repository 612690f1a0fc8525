import { describe, expect, it } from 'vitest';
import { interactiveMenu } from '../../../flows/interactive-menu.ts';
import { FlowCall } from '../../../shared/flows/testing/flow-call.ts';

const asked = () => new FlowCall(interactiveMenu).answers();
const end = (call: FlowCall) => call.promptEnds().waits(20).result;

describe('interactive-menu', () => {
  it.each([
    { name: 'as many as there can be', keys: '12', digits: '12' },
    { name: 'up to the stop key', keys: '1#', digits: '1' },
  ])('collects digits, $name', ({ keys, digits }) => {
    const call = asked().presses(keys);
    expect(call.did).toEqual(['playAudio question 1', 'cancelMedia', 'playAudio accepted']);

    expect(end(call)).toEqual({ digits, asked: 1, status: 'accepted' });
  });

  it('collects digits up to a pause', () => {
    const call = asked().promptEnds().presses('1').waits(3.9);
    expect(call.state).toBe('collecting');

    expect(end(call.waits(0.2))).toMatchObject({ digits: '1' });
  });

  it('asks again for what is wrong, and then accepts what is right', () => {
    expect(end(asked().presses('9#').presses('12'))).toEqual({ digits: '12', asked: 2, status: 'accepted' });
  });

  it('gives up when it was wrong too often, or when nothing comes', () => {
    expect(asked().presses('9#9#').waits(20).result).toEqual({
      digits: null,
      asked: 2,
      status: 'wrong-input',
    });
    expect(asked().promptEnds().waits(8).promptEnds().waits(30).result).toEqual({
      digits: null,
      asked: 2,
      status: 'no-input',
    });
  });
});

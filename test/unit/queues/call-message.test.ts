import { describe, expect, it } from 'vitest';
import { decodeCallMessage, encodeCallMessage } from '../../../shared/queues/call-message.ts';
import { atSecond } from '../../support/call-events.ts';

describe('decodeCallMessage', () => {
  it.each([
    { callKey: 'c1', attempt: 0 },
    { callKey: 'c1', attempt: 7 },
    { callKey: 'c1', alarmAt: atSecond(1), attempt: 0 },
  ])('gives back what encodeCallMessage was given: %j', message => {
    expect(decodeCallMessage(encodeCallMessage(message))).toEqual(message);
  });

  it('takes a message for the first attempt when it does not say', () => {
    expect(decodeCallMessage(encodeCallMessage({ callKey: 'c1' }))).toEqual({ callKey: 'c1', attempt: 0 });
  });

  it.each([
    '',
    'hello',
    'null',
    '[]',
    '{}',
    '{"v":1}',
    '{"v":1,"callKey":""}',
    '{"v":2,"callKey":"c1"}',
    '{"v":1,"callKey":1}',
    '{"v":1,"callKey":"c1","attempt":-1}',
    '{"v":1,"callKey":"c1","attempt":0.5}',
    '{"v":1,"callKey":"c1","alarmAt":5}',
  ])('is undefined for a text that is none of ours: %j', text => {
    expect(decodeCallMessage(text)).toBeUndefined();
  });
});

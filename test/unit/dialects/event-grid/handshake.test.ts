import { describe, expect, it } from 'vitest';
import { optionsAnswer, subscriptionAnswer } from '../../../../shared/dialects/event-grid/handshake.ts';

const answerTo = (headers: Readonly<Record<string, string>>) => optionsAnswer(new Headers(headers));

describe('optionsAnswer', () => {
  it('says yes to whoever asks, at the rate that is asked for', () => {
    expect(
      answerTo({ 'WebHook-Request-Origin': 'eventgrid.azure.net', 'WebHook-Request-Rate': '120' }),
    ).toEqual({
      allow: 'POST',
      'webhook-allowed-origin': 'eventgrid.azure.net',
      'webhook-allowed-rate': '120',
    });
  });

  it.each([[undefined], ['0'], ['-1'], ['many'], ['1, 2']])('allows any rate for %j', rate => {
    const asked = rate === undefined ? {} : { 'WebHook-Request-Rate': rate };

    expect(answerTo({ 'WebHook-Request-Origin': 'a.example', ...asked })).toMatchObject({
      'webhook-allowed-rate': '*',
    });
  });

  it.each<Readonly<Record<string, string>>>([
    {},
    { 'WebHook-Request-Origin': '' },
    { 'WebHook-Request-Origin': 'a b' },
  ])('has no answer to %j', headers => {
    expect(answerTo(headers)).toBeUndefined();
  });
});

describe('subscriptionAnswer', () => {
  const validation = {
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    data: { validationCode: 'c' },
  };

  it('gives the code back, whatever the case of the type', () => {
    const shouted = { ...validation, eventType: validation.eventType.toUpperCase() };

    expect(subscriptionAnswer([validation])).toEqual({ validationResponse: 'c' });
    expect(subscriptionAnswer([shouted])).toEqual({ validationResponse: 'c' });
  });

  it.each([
    ['it stands among others', [validation, validation]],
    ['there is nothing', []],
    ['it has no code', [{ ...validation, data: {} }]],
    ['its data is none', [{ ...validation, data: null }]],
    ['it is another event', [{ ...validation, eventType: 'Microsoft.Communication.CallStarted' }]],
    ['it is no event', ['text']],
  ])('has none when %s', (_, elements) => {
    expect(subscriptionAnswer(elements)).toBeUndefined();
  });
});

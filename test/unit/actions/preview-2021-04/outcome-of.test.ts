import { describe, expect, it } from 'vitest';
import type { AcsAnswer } from '../../../../shared/actions/acs/acs-transport.ts';
import { outcomeOf } from '../../../../shared/actions/preview-2021-04/outcome-of.ts';
import { ACTION_KINDS, type ActionKind } from '../../../../shared/domain/action.ts';

const NOW = Date.UTC(2021, 4, 5, 20, 8, 39);

function answer(status: number, text = '', headers: Readonly<Record<string, string>> = {}): AcsAnswer {
  return { kind: 'answer', status, text, header: name => headers[name] };
}

function outcome(kind: ActionKind, given: AcsAnswer) {
  return outcomeOf(kind, given, NOW);
}

describe('outcomeOf', () => {
  it.each([200, 201, 202, 204])('takes %s as done, for every kind', status => {
    for (const kind of ACTION_KINDS) expect(outcome(kind, answer(status))).toEqual({ kind: 'done' });
  });

  it.each([
    ['placeCall', 200, '{"callLegId":"leg-1"}', { kind: 'done', wireId: 'leg-1' }],
    ['placeCall', 201, '{"callLegId":"leg-1"}', { kind: 'done', wireId: 'leg-1' }],
    ['joinCall', 202, '{"callLegId":"leg-1"}', { kind: 'done', wireId: 'leg-1' }],
    ['playAudio', 202, '{"callLegId":"leg-1"}', { kind: 'done' }],
    ['placeCall', 201, '{"callLegId":""}', { kind: 'done' }],
    ['placeCall', 201, '{"callLegId":7}', { kind: 'done' }],
    ['placeCall', 201, '[', { kind: 'done' }],
    ['placeCall', 201, 'null', { kind: 'done' }],
  ] as const)('learns the id of a call: %s %i %s', (kind, status, text, expected) => {
    expect(outcome(kind, answer(status, text))).toEqual(expected);
  });

  it.each([
    { status: 400, kind: 'playAudio', reason: /^ACS refused it: HTTP 400: The request is not valid\.$/ },
    { status: 401, kind: 'playAudio', reason: /the setting ACS_CONNECTION_STRING/ },
    { status: 403, kind: 'placeCall', reason: /the settings ACS_SOURCE_USER and CALLER_ID/ },
    { status: 404, kind: 'playAudio', reason: /^the call is gone/ },
    { status: 404, kind: 'removeParticipant', reason: /the call is gone, or the participant is/ },
    { status: 404, kind: 'placeCall', reason: /ACS_PREVIEW_API_VERSION/ },
    { status: 404, kind: 'joinCall', reason: /does not know the conversation/ },
    { status: 404, kind: 'removeFromConversation', reason: /the conversation or the participant/ },
    { status: 307, kind: 'hangUp', reason: /HTTP 307/ },
    { status: 409, kind: 'cancelMedia', reason: /HTTP 409/ },
    { status: 422, kind: 'addParticipants', reason: /HTTP 422/ },
  ] as const)('takes $status on $kind as refused, in plain words', ({ status, kind, reason }) => {
    const text = JSON.stringify({ code: String(status), message: 'The request is not valid.' });

    const result = outcome(kind, answer(status, text));

    expect(result).toMatchObject({ kind: 'refused' });
    expect(result.kind === 'refused' && result.reason).toMatch(reason);
  });

  it.each(['hangUp', 'endForAll'] as const)('takes 404 on %s as done: the call is over', kind => {
    expect(outcome(kind, answer(404))).toEqual({ kind: 'done' });
  });

  it.each([
    { name: 'seconds', header: '7', retryAfterMs: 7_000 },
    { name: 'a date', header: 'Wed, 05 May 2021 20:08:49 GMT', retryAfterMs: 10_000 },
    { name: 'a date that is over', header: 'Wed, 05 May 2021 20:08:29 GMT', retryAfterMs: 0 },
  ])('waits as long as Retry-After says, in $name', ({ header, retryAfterMs }) => {
    const headers = { 'retry-after': header };

    expect(outcome('placeCall', answer(429, '', headers))).toMatchObject({ kind: 'notNow', retryAfterMs });
    expect(outcome('hangUp', answer(503, '', headers))).toMatchObject({ kind: 'unclear', retryAfterMs });
  });

  it.each(['', 'soon', undefined])('makes nothing of Retry-After: %j', header => {
    const headers = header === undefined ? {} : { 'retry-after': header };

    expect(outcome('placeCall', answer(429, '', headers))).not.toHaveProperty('retryAfterMs');
  });

  it.each([408, 500, 502, 503, 504])('takes %i as unclear', status => {
    expect(outcome('placeCall', answer(status))).toMatchObject({ kind: 'unclear' });
  });

  it('takes what was not sent as not carried out, and what was not answered as unclear', () => {
    expect(outcome('placeCall', { kind: 'notSent', reason: 'r' })).toEqual({ kind: 'notNow', reason: 'r' });
    expect(outcome('placeCall', { kind: 'noAnswer', reason: 'r' })).toEqual({ kind: 'unclear', reason: 'r' });
  });

  it.each([
    ['{"code":"8523","message":"m"}', 'ACS refused it: HTTP 400, code 8523: m'],
    ['{"error":{"code":8523,"message":"m"}}', 'ACS refused it: HTTP 400, code 8523: m'],
    ['{"code":{},"message":[]}', 'ACS refused it: HTTP 400'],
    ['<html>', 'ACS refused it: HTTP 400'],
    ['', 'ACS refused it: HTTP 400'],
  ])('tells what ACS said: %s', (text, reason) => {
    expect(outcome('playAudio', answer(400, text))).toEqual({ kind: 'refused', reason });
  });

  it('repeats no signature, and nothing endless', () => {
    const message = `callbackUri https://a.example.com/api/callbacks/k?sig=abc-_1&x is wrong ${'x'.repeat(9_000)}`;

    const result = outcome('placeCall', answer(400, JSON.stringify({ message })));

    expect(JSON.stringify(result)).not.toContain('abc-_1');
    expect(JSON.stringify(result)).toContain('sig=…&x is wrong');
    expect(JSON.stringify(result).length).toBeLessThan(500);
  });
});

import { describe, expect, it } from 'vitest';
import type { AcsAnswer } from '../../../../shared/actions/acs/acs-transport.ts';
import { outcomeOf } from '../../../../shared/actions/ga/outcome-of.ts';
import type { ActionKind } from '../../../../shared/domain/action.ts';

function answer(status: number, code?: string, headers: Record<string, string> = {}): AcsAnswer {
  const text = code === undefined ? '' : JSON.stringify({ error: { code, message: 'Said so.' } });
  return { kind: 'answer', status, header: name => headers[name], text };
}

function outcome(kind: ActionKind, given: AcsAnswer, generation = 1) {
  return outcomeOf({ kind, generation }, given, Date.UTC(2026, 2, 18));
}

describe('outcomeOf', () => {
  it.each<{ name: string; kind: ActionKind; answer: AcsAnswer; first: string; second: string }>([
    // A first send goes out as a request of its own then; a repetition stays the one that it was until its window ends.
    {
      name: 'a window that is over',
      kind: 'placeCall',
      answer: answer(412),
      first: 'notNow',
      second: 'notNow',
    },
    {
      name: 'a request that still runs',
      kind: 'placeCall',
      answer: answer(409),
      first: 'notNow',
      second: 'notNow',
    },
    {
      name: 'another action in progress',
      kind: 'removeParticipant',
      answer: answer(409, '8519'),
      first: 'notNow',
      second: 'notNow',
    },
    {
      name: 'other content under the same id',
      kind: 'placeCall',
      answer: answer(400, 'RepeatabilityMismatch'),
      first: 'refused',
      second: 'refused',
    },
    {
      name: 'media that are in the way',
      kind: 'recognize',
      answer: answer(412, '8583'),
      first: 'notNow',
      second: 'refused',
    },
    {
      name: 'media that are in the way of tones',
      kind: 'sendDtmf',
      answer: answer(412, '8583'),
      first: 'notNow',
      second: 'refused',
    },
    {
      name: 'a busy line',
      kind: 'playAudio',
      answer: answer(400, '8500'),
      first: 'notNow',
      second: 'refused',
    },
    {
      name: 'another prompt',
      kind: 'playAudio',
      answer: answer(409, '8519'),
      first: 'notNow',
      second: 'refused',
    },
    {
      name: 'a wrong argument',
      kind: 'playAudio',
      answer: answer(400, '8523'),
      first: 'refused',
      second: 'refused',
    },
  ])('takes $name for $first, and for $second the next time', ({ kind, answer: given, first, second }) => {
    expect(outcome(kind, given).kind).toBe(first);
    expect(outcome(kind, given, 2).kind).toBe(second);
  });

  it.each([
    ['8523', 400, /invalid or not supported/],
    ['8522', 404, /call|gone|over|not/i],
    ['7504', 403, /permission|set/i],
  ])('says code %s in plain words, with what ACS said', (code, status, words) => {
    const said = outcome('playAudio', answer(status, code));

    expect(said).toMatchObject({ kind: 'refused', reason: expect.stringMatching(words) as string });
    expect(said).toMatchObject({
      reason: expect.stringMatching(new RegExp(`HTTP ${status}, code ${code}: Said so\\.$`)) as string,
    });
  });

  it('names the settings where the credential or the number is not accepted', () => {
    expect(outcome('hangUp', answer(401, 'Denied'))).toMatchObject({
      reason: expect.stringContaining('ACS_CONNECTION_STRING') as string,
    });
    expect(outcome('placeCall', answer(403))).toMatchObject({
      reason: expect.stringContaining('CALLER_ID') as string,
    });
  });

  it('learns of a call which it is, and who we are on it', () => {
    const ofCall = (kind: ActionKind, members: object) => {
      const text = JSON.stringify({ callConnectionId: 'c', source: { rawId: '8:acs:a_b' }, ...members });
      return outcome(kind, { kind: 'answer', status: 201, header: () => undefined, text });
    };

    const placed = { kind: 'done', wireId: 'c', ids: { source: '8:acs:a_b' } };
    expect(ofCall('placeCall', {})).toEqual(placed);
    expect(ofCall('joinCall', {})).toEqual(placed);
    expect(ofCall('placeCall', { source: null })).toEqual({ kind: 'done', wireId: 'c' });
    // There the source is who called us.
    expect(ofCall('answerCall', { answeredBy: { id: '8:acs:us' } })).toEqual({
      ...placed,
      ids: { source: '8:acs:us' },
    });
  });

  it('waits as long as ACS asks for', () => {
    expect(outcome('placeCall', answer(429, 'TooManyRequests', { 'retry-after': '5' }))).toMatchObject({
      kind: 'notNow',
      retryAfterMs: 5_000,
    });
    const date = { 'retry-after': 'Wed, 18 Mar 2026 00:00:09 GMT' };
    expect(outcome('placeCall', answer(503, undefined, date))).toMatchObject({
      kind: 'unclear',
      retryAfterMs: 9_000,
    });
  });

  it('does not take a call that is not established yet for one that is over', () => {
    expect(outcome('hangUp', answer(400, '8501')).kind).toBe('refused');
    expect(outcome('hangUp', answer(400, '8528')).kind).toBe('done');
  });

  it('tells nothing of a callback URL that ACS complains of', () => {
    const text = JSON.stringify({
      error: { code: '8523', message: 'https://f/cb?sig=abc&code=d is no URL' },
    });
    const said = outcome('placeCall', { kind: 'answer', status: 400, header: () => undefined, text });

    expect(JSON.stringify(said)).not.toMatch(/abc|code=d/);
  });
});

import { describe, expect, it } from 'vitest';
import { stepsOf } from '../../../../local/emulator/core/callee.ts';
import { calleeBookSchema, conversationFor, scriptFor } from '../../../../local/emulator/core/callee-book.ts';
import { DEFAULT_CALLEES } from '../../../../local/emulator/core/default-callees.ts';
import { issuesOf } from '../../../../local/emulator/http/control-route.ts';

describe('scriptFor', () => {
  const book = calleeBookSchema.parse({
    scripts: { busy: { pickUp: 'busy' } },
    callees: [
      { match: '+14255550142', script: 'busy' },
      { match: '+1425*', script: { pickUp: 'never' } },
      { match: '+44*77', script: { pickUp: 'decline' } },
      { match: '8:acs:*_agent-*', script: { pickUp: 'voicemail' } },
      { match: '4:+7*', script: 'busy' },
    ],
  });

  it.each([
    { rawId: '4:+14255550142', pickUp: 'busy' },
    { rawId: '4:+14255550143', pickUp: 'never' },
    { rawId: '4:+442071234577', pickUp: 'decline' },
    { rawId: '4:+442071234578', pickUp: 'answer' },
    { rawId: '4:+4477', pickUp: 'decline' },
    { rawId: '4:+447', pickUp: 'answer' },
    { rawId: '8:acs:resource_agent-1', pickUp: 'voicemail' },
    { rawId: '8:acs:resource_agent', pickUp: 'answer' },
    { rawId: '4:+7000', pickUp: 'busy' },
  ])('finds that $rawId is of $pickUp, by the first rule that matches', ({ rawId, pickUp }) => {
    expect(scriptFor(book, rawId).pickUp).toBe(pickUp);
  });
});

describe('calleeBookSchema', () => {
  it.each([
    { book: { callees: [{ match: '*', script: 'unknown' }] }, pointer: '/callees/0/script' },
    { book: { scripts: { a: { pickUp: 'sometimes' } } }, pointer: '/scripts/a/pickUp' },
    {
      book: { scripts: { a: { pickUp: 'answer', steps: [{ on: 'prompt' }] } } },
      pointer: '/scripts/a/steps/0',
    },
    {
      book: { scripts: { a: { pickUp: 'answer', steps: [{ on: 'prompt', press: 'x' }] } } },
      pointer: '/scripts/a/steps/0/press',
    },
    { book: { scripts: { a: { pickUp: 'never', afterSeconds: 1 } } }, pointer: '/scripts/a' },
    { book: { conversations: [{ match: '*' }] }, pointer: '/conversations/0/members' },
    { book: { calees: [] }, pointer: '' },
  ])('points at $pointer when it is wrong', ({ book, pointer }) => {
    const parsed = calleeBookSchema.safeParse(book);

    expect(parsed.error && issuesOf(parsed.error)).toMatchObject([{ pointer }]);
  });
});

describe('the built-in callees', () => {
  it.each([
    { rawId: '4:+14255550101', pickUp: 'answer' },
    { rawId: '4:+14255550103', pickUp: 'busy' },
    { rawId: '4:+14255550104', pickUp: 'decline' },
    { rawId: '4:+14255550105', pickUp: 'never' },
    { rawId: '4:+14255550106', pickUp: 'voicemail' },
    { rawId: '8:acs:resource_user', pickUp: 'answer' },
  ])('have $rawId at $pickUp', ({ rawId, pickUp }) => {
    expect(scriptFor(DEFAULT_CALLEES, rawId).pickUp).toBe(pickUp);
  });

  it.each(['+14255550102', '+14255550199'])('have nobody at %s who talks for ever', number => {
    const script = scriptFor(DEFAULT_CALLEES, `4:${number}`);

    expect(stepsOf(script).map(step => step.do)).toContain('hangUp');
  });

  it('have people on every group call but one, and no other conversation', () => {
    const members = [
      '29228d3e-040e-4656-a70e-890ab4e173e5',
      '00000000-0000-4000-8000-000000000000',
      'other',
    ].map(id => conversationFor(DEFAULT_CALLEES, id)?.members.length);

    expect(members).toEqual([2, 0, undefined]);
  });
});

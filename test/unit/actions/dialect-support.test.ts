import { describe, expect, it } from 'vitest';
import { supportOf } from '../../../shared/actions/dialect-support.ts';
import { ACTION_KINDS, type ActionKind } from '../../../shared/domain/action.ts';

const ON_PREVIEW = new Set<ActionKind>([
  'placeCall',
  'joinCall',
  'hangUp',
  'endForAll',
  'playAudio',
  'cancelMedia',
  'addParticipants',
  'removeParticipant',
  'addToConversation',
  'removeFromConversation',
]);
const NOT_ON_GA = new Set<ActionKind>(['addToConversation', 'removeFromConversation']);

const refusal = (words: RegExp) => ({ ok: false, reason: expect.stringMatching(words) as string });

describe('supportOf', () => {
  it.each(ACTION_KINDS)('knows which dialect can do %s', kind => {
    expect(supportOf('preview-2021-04', kind).ok).toBe(ON_PREVIEW.has(kind));
    expect(supportOf('preview-2021-08', kind).ok).toBe(false);
    expect(supportOf('ga', kind).ok).toBe(!NOT_ON_GA.has(kind));
    expect(supportOf('event-grid', kind)).toEqual(supportOf('ga', kind));
  });

  it.each<[ActionKind, object, RegExp]>([
    ['playAudio', { to: '4:+15550100' }, /^to: .*everybody/],
    ['addParticipants', { ringingSeconds: 45 }, /^ringingSeconds: /],
    ['joinCall', { locator: 'room' }, /^locator: /],
    ['removeParticipant', { participant: '4:+15550100' }, /participantId/],
  ])('refuses %s with %j on the first preview, and not on GA', (kind, members, words) => {
    expect(supportOf('preview-2021-04', kind, { ...members })).toEqual(refusal(words));
    expect(supportOf('ga', kind, { ...members })).toEqual({ ok: true });
  });

  it.each<[ActionKind, object, RegExp]>([
    ['removeParticipant', { participantId: 'p' }, /give participant/],
    ['placeCall', { modalities: ['audio', 'video'] }, /^modalities: .*sound alone/],
  ])('refuses %s with %j on GA, and not on the first preview', (kind, members, words) => {
    expect(supportOf('ga', kind, { ...members })).toEqual(refusal(words));
    expect(supportOf('preview-2021-04', kind, { ...members })).toEqual({ ok: true });
  });

  it('takes a removal that names whom both ways in either dialect', () => {
    const members = { participant: '4:+15550100', participantId: 'p' };

    for (const dialect of ['ga', 'preview-2021-04'] as const)
      expect(supportOf(dialect, 'removeParticipant', members)).toEqual({ ok: true });
  });

  it('knows that nothing is sent in the previews of 2021-06 to 2021-11', () => {
    for (const kind of ACTION_KINDS) expect(supportOf('preview-2021-08', kind)).toMatchObject({ ok: false });
  });
});

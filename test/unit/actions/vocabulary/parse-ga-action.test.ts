import { describe, expect, it } from 'vitest';
import { draftOf, specOf } from '../../../../shared/actions/vocabulary/action-draft.ts';
import { parseAction } from '../../../../shared/actions/vocabulary/parse-action.ts';
import { GA_ACTIONS } from '../../../support/ga-actions.ts';

const PHONE = '+14255550142';
const asked = { kind: 'recognize', participant: PHONE };
const choice = { label: 'Yes', phrases: ['yes'] };

describe('parseAction, of what GA alone can do', () => {
  it.each(GA_ACTIONS)('reads $fixture, and the same again from what is stored', ({ action }) => {
    const parsed = parseAction(action);

    expect(parsed.ok).toBe(true);
    expect(specOf(draftOf(action))).toEqual(parsed.ok ? parsed.action : undefined);
  });

  it.each<{ name: string; value: object; pointer: string; detail: RegExp }>([
    {
      name: 'no tones to collect',
      value: { ...asked, input: 'tones' },
      pointer: '/maxTones',
      detail: /such as 4/,
    },
    {
      name: 'nothing to choose',
      value: { ...asked, input: 'choices' },
      pointer: '/choices',
      detail: /such as \[/,
    },
    {
      name: 'a choice of 301 s',
      value: { ...asked, input: 'tones', maxTones: 1, initialSilenceSeconds: 301 },
      pointer: '/initialSilenceSeconds',
      detail: /from 1 to 300/,
    },
    {
      name: 'more silence than before speech',
      value: { ...asked, input: 'choices', choices: [choice], initialSilenceSeconds: 21 },
      pointer: '/initialSilenceSeconds',
      detail: /at most 20 s/,
    },
    {
      name: 'a pause of 61 s between tones',
      value: { ...asked, input: 'tones', maxTones: 1, interToneSeconds: 61 },
      pointer: '/interToneSeconds',
      detail: /from 1 to 60/,
    },
    {
      name: 'a flash',
      value: { ...asked, input: 'tones', maxTones: 1, stopTones: ['flash'] },
      pointer: '/stopTones/0',
      detail: /zero, one/,
    },
    {
      name: 'an unknown key of a choice',
      value: { ...asked, input: 'choices', choices: [{ ...choice, tone: '1' }] },
      pointer: '/choices/0/tone',
      detail: /zero, one/,
    },
    {
      name: 'a prompt of two kinds',
      value: { ...asked, input: 'speech', prompt: { text: 'hi', ssml: '<speak>hi</speak>' } },
      pointer: '/prompt/ssml',
      detail: /no member of this name/,
    },
    {
      name: 'a text that is too long',
      value: { kind: 'playText', text: 'a'.repeat(401) },
      pointer: '/text',
      detail: /1 to 400/,
    },
    {
      name: 'SSML that is none',
      value: { kind: 'playSsml', ssml: 'hi' },
      pointer: '/ssml',
      detail: /<speak/,
    },
    {
      name: '19 tones',
      value: { kind: 'sendDtmf', participant: PHONE, tones: Array(19).fill('one') },
      pointer: '/tones',
      detail: /at most 18/,
    },
    {
      name: 'ringing for more than three minutes',
      value: { kind: 'addParticipants', participants: [PHONE], ringingSeconds: 181 },
      pointer: '/ringingSeconds',
      detail: /from 1 to 180/,
    },
    {
      name: 'nobody to remove',
      value: { kind: 'removeParticipant' },
      pointer: '/participantId',
      detail: /or participant/,
    },
    {
      name: 'a rejection for a reason that ACS does not know',
      value: { kind: 'rejectCall', incomingCallContext: 'c', reason: 'away' },
      pointer: '/reason',
      detail: /none, busy, forbidden/,
    },
    {
      name: 'a recording that would be another path',
      value: { kind: 'stopRecording', recordingId: '..' },
      pointer: '/recordingId',
      detail: /visible characters/,
    },
  ])('refuses $name, and says where and what instead', ({ value, pointer, detail }) => {
    const parsed = parseAction(value);

    expect(parsed.ok ? [] : parsed.faults).toContainEqual({
      pointer,
      detail: expect.stringMatching(detail) as string,
    });
  });
});

import { type CalleeBook, calleeBookSchema } from './callee-book.ts';

const RESOURCE = '7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10';
const member = (name: string) => `8:acs:${RESOURCE}_0000001c-98a8-4e64-94aa-${name}`;

/**
 * Who answers when nobody said otherwise: told by the last two digits of the number, so that every case can be had
 * without a file.
 */
export const DEFAULT_CALLEES: CalleeBook = calleeBookSchema.parse({
  scripts: {
    confirms: {
      pickUp: 'answer',
      afterSeconds: 2,
      steps: [{ on: 'prompt', nth: 1, afterSeconds: 1.5, press: '1' }],
    },
    cancels: {
      pickUp: 'answer',
      afterSeconds: 3,
      steps: [
        { on: 'prompt', nth: 1, afterSeconds: 2, press: '2' },
        // Whoever they were put through to, they do not talk for ever.
        { on: 'tone', nth: 1, afterSeconds: 20, do: 'hangUp' },
      ],
    },
    busy: { pickUp: 'busy' },
    declines: { pickUp: 'decline' },
    'never-answers': { pickUp: 'never' },
    voicemail: { pickUp: 'voicemail' },
    'hangs-up-in-prompt': {
      pickUp: 'answer',
      steps: [{ on: 'prompt', nth: 1, afterSeconds: 1, do: 'hangUp' }],
    },
    silent: { pickUp: 'answer' },
    slow: { pickUp: 'answer', afterSeconds: 20, steps: [{ on: 'prompt', afterSeconds: 4, press: '1' }] },
    'hangs-up-after-tone': {
      pickUp: 'answer',
      steps: [
        { on: 'prompt', nth: 1, afterSeconds: 1, press: '1' },
        { on: 'tone', nth: 1, afterSeconds: 0.5, do: 'hangUp' },
      ],
    },
    enters: {
      pickUp: 'answer',
      steps: [{ on: 'prompt', nth: 1, afterSeconds: 2, press: '12#' }],
    },
    'enters-wrong': { pickUp: 'answer', steps: [{ on: 'prompt', afterSeconds: 2, press: '99#' }] },
    agent: { pickUp: 'answer', afterSeconds: 1, steps: [] },
    'talks-a-while': {
      pickUp: 'answer',
      afterSeconds: 1,
      steps: [{ on: 'connected', afterSeconds: 15, do: 'hangUp' }],
    },
  },
  callees: [
    { match: '+*01', script: 'confirms' },
    { match: '+*02', script: 'cancels' },
    { match: '+*03', script: 'busy' },
    { match: '+*04', script: 'declines' },
    { match: '+*05', script: 'never-answers' },
    { match: '+*06', script: 'voicemail' },
    { match: '+*07', script: 'hangs-up-in-prompt' },
    { match: '+*08', script: 'silent' },
    { match: '+*09', script: 'slow' },
    { match: '+*10', script: 'hangs-up-after-tone' },
    { match: '+*11', script: 'enters' },
    { match: '+*12', script: 'enters-wrong' },
    { match: '+*99', script: 'talks-a-while' },
    { match: '+*', script: 'confirms' },
    { match: '*', script: 'agent' },
  ],
  conversations: [
    { match: '00000000-0000-4000-8000-000000000000', members: [] },
    // A group call's id is a GUID.
    {
      match: '*-*-*-*-*',
      members: [
        {
          identity: member('23437553cba7'),
          steps: [
            { on: 'connected', afterSeconds: 6, do: 'mute' },
            { on: 'connected', afterSeconds: 12, do: 'hangUp' },
          ],
        },
        {
          identity: '+14255550177',
          joinsAfterSeconds: 3,
          steps: [{ on: 'connected', afterSeconds: 5, do: 'hangUp' }],
        },
      ],
    },
  ],
});

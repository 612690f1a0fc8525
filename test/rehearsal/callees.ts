import type { CalleeBookInput } from '../../local/emulator/core/callee-book.ts';

/** Who answers in a rehearsal, by the last digit of the number: all of them end the call by themselves. */
export const CALLEES: CalleeBookInput = {
  scripts: {
    talks: { pickUp: 'answer', afterSeconds: [2, 6], steps: [hangUpAfter([5, 15])] },
    presses: {
      pickUp: 'answer',
      afterSeconds: 2,
      steps: [{ on: 'connected', afterSeconds: 3, press: '12#' }, hangUpAfter(8)],
    },
    mutes: {
      pickUp: 'answer',
      afterSeconds: 3,
      steps: [{ on: 'connected', afterSeconds: 2, do: 'mute' }, hangUpAfter(6)],
    },
    busy: { pickUp: 'busy' },
    declines: { pickUp: 'decline' },
    never: { pickUp: 'never' },
    voicemail: { pickUp: 'voicemail', afterSeconds: 8, recordsForSeconds: 10 },
  },
  callees: [
    { match: '+*1', script: 'presses' },
    { match: '+*2', script: 'mutes' },
    { match: '+*3', script: 'busy' },
    { match: '+*4', script: 'declines' },
    { match: '+*5', script: 'never' },
    { match: '+*6', script: 'voicemail' },
    { match: '*', script: 'talks' },
  ],
};

function hangUpAfter(afterSeconds: number | [number, number]) {
  return { on: 'connected', afterSeconds, do: 'hangUp' } as const;
}

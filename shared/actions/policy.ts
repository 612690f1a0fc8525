import type { ActionKind } from '../domain/action.ts';

/**
 * What may be done when it is not known whether ACS carried an action out.
 *
 * `repeatable`: ask again with the same repeatability headers, which ACS answers without doing it twice, within its
 * window. `atLeastOnce`: ask again, since twice does no harm. `atMostOnce`: never ask again.
 */
export type Policy = 'repeatable' | 'atLeastOnce' | 'atMostOnce';

/**
 * The policies of the previews, which know no repeatability headers: a call that is placed twice rings twice, and a
 * prompt that is played twice is heard twice; a line that is hung up twice is hung up, and who was removed is gone.
 */
export const PREVIEW_POLICIES: Readonly<Record<ActionKind, Policy>> = {
  placeCall: 'atMostOnce',
  joinCall: 'atMostOnce',
  addParticipants: 'atMostOnce',
  addToConversation: 'atMostOnce',
  playAudio: 'atMostOnce',
  hangUp: 'atLeastOnce',
  endForAll: 'atLeastOnce',
  cancelMedia: 'atLeastOnce',
  removeParticipant: 'atLeastOnce',
  removeFromConversation: 'atLeastOnce',
  // The new call's key is made from the action, so that it begins once.
  dialAgain: 'atLeastOnce',
};

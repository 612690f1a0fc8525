import type { ActionKind } from '../domain/action.ts';
import type { DialectName } from '../domain/call-event.ts';

/**
 * What may be done when it is not known whether ACS carried an action out.
 *
 * `repeatable`: ask again with the same repeatability headers, which ACS answers without doing it twice, within its
 * window. `atLeastOnce`: ask again, since twice does no harm. `atMostOnce`: never ask again.
 */
export type Policy = 'repeatable' | 'atLeastOnce' | 'atMostOnce';

/** Tells by what policy an action of a call in some dialect is sent. */
export type PolicyOf = (kind: ActionKind, dialect: DialectName) => Policy;

/** What does no harm when it is done twice, in any dialect: what is over, held or listened for stays so. */
const HARMLESS = {
  hangUp: 'atLeastOnce',
  cancelMedia: 'atLeastOnce',
  holdParticipant: 'atLeastOnce',
  unholdParticipant: 'atLeastOnce',
  startContinuousDtmf: 'atLeastOnce',
  stopContinuousDtmf: 'atLeastOnce',
  pauseRecording: 'atLeastOnce',
  resumeRecording: 'atLeastOnce',
  stopRecording: 'atLeastOnce',
  startTranscription: 'atLeastOnce',
  stopTranscription: 'atLeastOnce',
  removeFromConversation: 'atLeastOnce',
  // The new call's key is made from the action, so that it begins once.
  dialAgain: 'atLeastOnce',
} as const;

/** What is heard twice when it is done twice, and takes repeatability headers nowhere. */
const HEARD = {
  playAudio: 'atMostOnce',
  playText: 'atMostOnce',
  playSsml: 'atMostOnce',
  recognize: 'atMostOnce',
  addToConversation: 'atMostOnce',
} as const;

/**
 * The policies of the previews, which know no repeatability headers: a call that is placed twice rings twice, and a
 * prompt that is played twice is heard twice; a line that is hung up twice is hung up, and who was removed is gone.
 */
export const PREVIEW_POLICIES: Readonly<Record<ActionKind, Policy>> = {
  ...HARMLESS,
  ...HEARD,
  endForAll: 'atLeastOnce',
  removeParticipant: 'atLeastOnce',
  placeCall: 'atMostOnce',
  joinCall: 'atMostOnce',
  answerCall: 'atMostOnce',
  rejectCall: 'atMostOnce',
  redirectCall: 'atMostOnce',
  addParticipants: 'atMostOnce',
  cancelAddParticipant: 'atMostOnce',
  muteParticipant: 'atMostOnce',
  moveParticipants: 'atMostOnce',
  transferCall: 'atMostOnce',
  sendDtmf: 'atMostOnce',
  startRecording: 'atMostOnce',
};

/**
 * The policies of GA: `repeatable` is what takes repeatability headers there.
 *
 * @see Azure/azure-rest-api-specs, specification/communication/data-plane/CallAutomation/stable/2024-09-15
 */
export const GA_POLICIES: Readonly<Record<ActionKind, Policy>> = {
  ...HARMLESS,
  ...HEARD,
  placeCall: 'repeatable',
  joinCall: 'repeatable',
  answerCall: 'repeatable',
  rejectCall: 'repeatable',
  redirectCall: 'repeatable',
  endForAll: 'repeatable',
  addParticipants: 'repeatable',
  cancelAddParticipant: 'repeatable',
  removeParticipant: 'repeatable',
  muteParticipant: 'repeatable',
  moveParticipants: 'repeatable',
  transferCall: 'repeatable',
  sendDtmf: 'repeatable',
  startRecording: 'repeatable',
};

/** The policy of an action of a call: a call that only Event Grid told of so far is one of GA. */
export const policyOf: PolicyOf = (kind, dialect) =>
  dialect === 'ga' || dialect === 'event-grid' ? GA_POLICIES[kind] : PREVIEW_POLICIES[kind];

/** Things that really happened in the emulated world, for the log. */
export const HAPPENINGS = [
  'callPlaced',
  'callJoined',
  'callAnswered',
  'incoming',
  'rejected',
  'redirected',
  'gaveUp',
  'ring',
  'answered',
  'unanswered',
  'connected',
  'ended',
  'play',
  'playStarted',
  'playCompleted',
  'playCancelled',
  'playFailed',
  'cancelMedia',
  'recognize',
  'recognizeCompleted',
  'recognizeCancelled',
  'recognizeFailed',
  'invite',
  'inviteCancelled',
  'remove',
  'transfer',
  'transferred',
  'move',
  'moved',
  'hold',
  'unhold',
  'tonesSent',
  'listen',
  'listenNoMore',
  'transcription',
  'mediaStreaming',
  'recordingActive',
  'recordingInactive',
  'hangUp',
  'endForAll',
  'tone',
  'speech',
  'joined',
  'left',
  'muted',
  'unmuted',
] as const;

/** What happened: a command that was carried out, or something that a callee did. */
export interface Happening {
  readonly kind: (typeof HAPPENINGS)[number];
  /** The call leg, or the id under which a conversation's own operations are reported. */
  readonly callId: string;
  readonly callbackUri?: string | undefined;
  /** The telephone number or raw id of whom it is about. */
  readonly who?: string | undefined;
  readonly operationContext?: string | null | undefined;
  /** The number that the app calls from: of callPlaced and ended. */
  readonly line?: string | undefined;
  /** More, for a reader: the tone, the file, the outcome. */
  readonly detail?: string | undefined;
}

/** The follow-up requests whose outcome comes as an event. */
export const OPERATION_KINDS = [
  'playAudio',
  'recognize',
  'addParticipants',
  'cancelAddParticipant',
  'removeParticipant',
  'moveParticipant',
  'transfer',
  'hold',
  'continuousDtmf',
  'sendDtmf',
  'startRecording',
  'transcription',
  'mediaStreaming',
] as const;

export type OperationKind = (typeof OPERATION_KINDS)[number];

/** How an operation ended. `canceled` is the spelling of ACS (PlayCanceled). */
export type OperationEnd = 'completed' | 'failed' | 'canceled';

/** What an event of some type says of an operation. */
export interface OperationStep {
  readonly kind: OperationKind;
  readonly status: 'running' | OperationEnd;
  /** Whoever hears, presses or is handed on is on a connected call. */
  readonly provesConnection?: true;
}

/**
 * The events that tell how an operation goes and nothing else: of which kind it is, and how far. One handler applies
 * them all.
 */
export const OPERATION_EVENTS = {
  'play.started': { kind: 'playAudio', status: 'running' },
  'play.paused': { kind: 'playAudio', status: 'running' },
  'play.resumed': { kind: 'playAudio', status: 'running' },
  'play.completed': { kind: 'playAudio', status: 'completed', provesConnection: true },
  'play.canceled': { kind: 'playAudio', status: 'canceled', provesConnection: true },
  'play.failed': { kind: 'playAudio', status: 'failed' },
  'input.collected': { kind: 'recognize', status: 'completed', provesConnection: true },
  'input.canceled': { kind: 'recognize', status: 'canceled', provesConnection: true },
  'input.failed': { kind: 'recognize', status: 'failed' },
  'participant.addStarted': { kind: 'addParticipants', status: 'running' },
  'participant.addSucceeded': { kind: 'addParticipants', status: 'completed' },
  'participant.addFailed': { kind: 'addParticipants', status: 'failed' },
  'participant.addCancelSucceeded': { kind: 'cancelAddParticipant', status: 'completed' },
  'participant.addCancelFailed': { kind: 'cancelAddParticipant', status: 'failed' },
  'participant.removeSucceeded': { kind: 'removeParticipant', status: 'completed' },
  'participant.removeFailed': { kind: 'removeParticipant', status: 'failed' },
  'participant.moveSucceeded': { kind: 'moveParticipant', status: 'completed', provesConnection: true },
  'participant.moveFailed': { kind: 'moveParticipant', status: 'failed' },
  'transfer.accepted': { kind: 'transfer', status: 'completed', provesConnection: true },
  'transfer.failed': { kind: 'transfer', status: 'failed' },
  'hold.started': { kind: 'hold', status: 'running' },
  'hold.paused': { kind: 'hold', status: 'running' },
  'hold.resumed': { kind: 'hold', status: 'running' },
  'hold.completed': { kind: 'hold', status: 'completed', provesConnection: true },
  'hold.failed': { kind: 'hold', status: 'failed' },
  'tone.stopped': { kind: 'continuousDtmf', status: 'completed' },
  'tone.failed': { kind: 'continuousDtmf', status: 'failed' },
  'dtmf.sent': { kind: 'sendDtmf', status: 'completed', provesConnection: true },
  'dtmf.sendFailed': { kind: 'sendDtmf', status: 'failed' },
  'recording.startFailed': { kind: 'startRecording', status: 'failed' },
  'transcription.started': { kind: 'transcription', status: 'running' },
  'transcription.updated': { kind: 'transcription', status: 'running' },
  'transcription.stopped': { kind: 'transcription', status: 'completed' },
  'transcription.failed': { kind: 'transcription', status: 'failed' },
  'streaming.started': { kind: 'mediaStreaming', status: 'running' },
  'streaming.stopped': { kind: 'mediaStreaming', status: 'completed' },
  'streaming.failed': { kind: 'mediaStreaming', status: 'failed' },
} as const satisfies Readonly<Record<string, OperationStep>>;

/** The type of an event that tells how an operation goes. */
export type OperationEventType = keyof typeof OPERATION_EVENTS;

import type { EventType } from './call-event.ts';
import type { Handler } from './handler.ts';
import { actionDone } from './handlers/action-done.ts';
import { actionFailed } from './handlers/action-failed.ts';
import { actionRequested } from './handlers/action-requested.ts';
import { actionUnknown } from './handlers/action-unknown.ts';
import { callConnected } from './handlers/call-connected.ts';
import { callConnecting } from './handlers/call-connecting.ts';
import { callDisconnected } from './handlers/call-disconnected.ts';
import { callDisconnecting } from './handlers/call-disconnecting.ts';
import { callFailed } from './handlers/call-failed.ts';
import { callIncoming } from './handlers/call-incoming.ts';
import { callLost } from './handlers/call-lost.ts';
import { callNote } from './handlers/call-note.ts';
import { callReported } from './handlers/call-reported.ts';
import { callRequested } from './handlers/call-requested.ts';
import { operationTold } from './handlers/operation-told.ts';
import { recordingFileReady } from './handlers/recording-file-ready.ts';
import { recordingState } from './handlers/recording-state.ts';
import { rosterSnapshot } from './handlers/roster-snapshot.ts';
import { timerFired } from './handlers/timer-fired.ts';
import { toneReceived } from './handlers/tone-received.ts';
import { unknownEvent } from './handlers/unknown-event.ts';

/** Which handler applies which event. An event type without a handler does not compile. */
export const routingTable: { readonly [Type in EventType]: Handler<Type> } = {
  'call.incoming': callIncoming,
  'call.connecting': callConnecting,
  'call.connected': callConnected,
  'call.disconnecting': callDisconnecting,
  'call.disconnected': callDisconnected,
  'call.failed': callFailed,
  'call.note': callNote,
  'roster.snapshot': rosterSnapshot,
  'tone.received': toneReceived,
  'recording.state': recordingState,
  'recording.fileReady': recordingFileReady,
  'play.started': operationTold,
  'play.paused': operationTold,
  'play.resumed': operationTold,
  'play.completed': operationTold,
  'play.canceled': operationTold,
  'play.failed': operationTold,
  'input.collected': operationTold,
  'input.canceled': operationTold,
  'input.failed': operationTold,
  'participant.addStarted': operationTold,
  'participant.addSucceeded': operationTold,
  'participant.addFailed': operationTold,
  'participant.addCancelSucceeded': operationTold,
  'participant.addCancelFailed': operationTold,
  'participant.removeSucceeded': operationTold,
  'participant.removeFailed': operationTold,
  'participant.moveSucceeded': operationTold,
  'participant.moveFailed': operationTold,
  'transfer.accepted': operationTold,
  'transfer.failed': operationTold,
  'hold.started': operationTold,
  'hold.paused': operationTold,
  'hold.resumed': operationTold,
  'hold.completed': operationTold,
  'hold.failed': operationTold,
  'tone.stopped': operationTold,
  'tone.failed': operationTold,
  'dtmf.sent': operationTold,
  'dtmf.sendFailed': operationTold,
  'recording.startFailed': operationTold,
  'transcription.started': operationTold,
  'transcription.updated': operationTold,
  'transcription.stopped': operationTold,
  'transcription.failed': operationTold,
  'streaming.started': operationTold,
  'streaming.stopped': operationTold,
  'streaming.failed': operationTold,
  'report.callStarted': callReported,
  'report.callEnded': callReported,
  'report.participantAdded': callReported,
  'report.participantRemoved': callReported,
  unknown: unknownEvent,
  'call.requested': callRequested,
  'action.requested': actionRequested,
  'action.done': actionDone,
  'action.failed': actionFailed,
  'action.unknown': actionUnknown,
  'timer.fired': timerFired,
  'call.lost': callLost,
};

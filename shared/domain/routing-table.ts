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
import { callLost } from './handlers/call-lost.ts';
import { callNote } from './handlers/call-note.ts';
import { callRequested } from './handlers/call-requested.ts';
import { participantAddFailed } from './handlers/participant-add-failed.ts';
import { participantAddStarted } from './handlers/participant-add-started.ts';
import { participantAddSucceeded } from './handlers/participant-add-succeeded.ts';
import { playCanceled } from './handlers/play-canceled.ts';
import { playCompleted } from './handlers/play-completed.ts';
import { playFailed } from './handlers/play-failed.ts';
import { playStarted } from './handlers/play-started.ts';
import { recordingState } from './handlers/recording-state.ts';
import { rosterSnapshot } from './handlers/roster-snapshot.ts';
import { timerFired } from './handlers/timer-fired.ts';
import { toneReceived } from './handlers/tone-received.ts';
import { unknownEvent } from './handlers/unknown-event.ts';

/** Which handler applies which event. An event type without a handler does not compile. */
export const routingTable: { readonly [Type in EventType]: Handler<Type> } = {
  'call.connecting': callConnecting,
  'call.connected': callConnected,
  'call.disconnecting': callDisconnecting,
  'call.disconnected': callDisconnected,
  'call.note': callNote,
  'roster.snapshot': rosterSnapshot,
  'participant.addStarted': participantAddStarted,
  'participant.addSucceeded': participantAddSucceeded,
  'participant.addFailed': participantAddFailed,
  'play.started': playStarted,
  'play.completed': playCompleted,
  'play.canceled': playCanceled,
  'play.failed': playFailed,
  'tone.received': toneReceived,
  'recording.state': recordingState,
  unknown: unknownEvent,
  'call.requested': callRequested,
  'action.requested': actionRequested,
  'action.done': actionDone,
  'action.failed': actionFailed,
  'action.unknown': actionUnknown,
  'timer.fired': timerFired,
  'call.lost': callLost,
};

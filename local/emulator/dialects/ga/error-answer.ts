import type { ControlRefusal } from '../../core/call-control.ts';
import type { IncomingRefusal } from '../../core/incoming-desk.ts';
import type { RecordingRefusal } from '../../core/recording-desk.ts';
import type { Answer } from '../emulated-dialect.ts';

/** The codes of errors that no call is the cause of; those of 401 and 429 are not documented. */
const CODES: Readonly<Record<number, string>> = {
  400: '8523',
  401: 'Denied',
  404: '8522',
  409: '8519',
  412: 'RepeatabilityWindowPassed',
  429: 'TooManyRequests',
  500: '8518',
  503: 'ServiceUnavailable',
};

/** An error as Call Automation writes it. Without a code, the one that goes with the status. */
export function errorAnswer(status: number, message: string, code = CODES[status] ?? String(status)): Answer {
  return { status, body: { error: { code, message } } };
}

/** Why a call is not controlled, as the calls, recordings and incoming calls say it. */
export type GaRefusal = ControlRefusal | RecordingRefusal | IncomingRefusal | 'noConversation';

/** What each refusal is answered with, by the codes that ACS documents. */
export const REFUSALS: Readonly<Record<GaRefusal, Answer>> = {
  notFound: errorAnswer(404, 'The call was not found, or it has ended.', '8522'),
  notConnected: errorAnswer(400, 'The call is not established.', '8501'),
  noParticipant: errorAnswer(404, 'The participant is not in the call.', '8522'),
  noInvitation: errorAnswer(404, 'There is no such invitation.', '8522'),
  noIncomingCall: errorAnswer(404, 'The incoming call no longer exists.', '8522'),
  noConversation: errorAnswer(404, 'The call to connect to does not exist.', '8543'),
  noRecording: errorAnswer(404, 'There is no such recording.', '8522'),
  mediaBusy: errorAnswer(412, 'The action is not compatible with a running media action.', '8583'),
  wrongState: errorAnswer(400, 'The action is not valid in the current call state.', '8585'),
  alreadyRecording: errorAnswer(400, 'A recording is already running.', '8553'),
  ambiguous: errorAnswer(400, 'Of a group call it must be said who is transferred.', '8523'),
};

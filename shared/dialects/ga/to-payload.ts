import * as z from 'zod';
import type { EventPayload } from '../../domain/call-event.ts';
import { lazily } from '../../lazily.ts';
import { identifier } from '../identifier.ts';
import { namedEntries, unnamedOf } from '../named-entries.ts';
import { isObject, type ToPayload } from '../read-event.ts';
import { recordingPayload } from '../recording-payload.ts';
import {
  flag,
  integer,
  optionalInteger,
  optionalText,
  optionalTime,
  recordingState,
  text,
} from '../wire-values.ts';
import { commonMembers, operation, operationPayload, operationSchema } from './operations.ts';
import { recognizeCompleted, toneName } from './recognize-completed.ts';

const callSchema = lazily(() => z.object({ ...commonMembers(), serverCallId: optionalText() }));

const callConnected = lazily(() =>
  callSchema().transform(
    ({ serverCallId }): EventPayload => ({ type: 'call.connected', conversationId: serverCallId }),
  ),
);

const callDisconnected = lazily(() =>
  callSchema().transform(
    ({ serverCallId, resultInformation, resultInfo }): EventPayload => ({
      type: 'call.disconnected',
      conversationId: serverCallId,
      // A call that nobody answered may end with this event, too.
      wasConnected: false,
      reason: resultInformation ?? resultInfo,
    }),
  ),
);

function callFailed(stage: 'create' | 'answer' | 'connect'): ToPayload {
  return lazily(() =>
    callSchema().transform(
      ({ serverCallId, operationContext, resultInformation, resultInfo }): EventPayload => ({
        type: 'call.failed',
        stage,
        operationContext,
        conversationId: serverCallId,
        reason: resultInformation ?? resultInfo,
      }),
    ),
  );
}

/** The first betas answered for several participants at once. */
function severalAdded(type: 'participant.addSucceeded' | 'participant.addFailed'): ToPayload {
  return lazily(() =>
    operationSchema()
      .extend({ participants: namedEntries(identifier()).nullish().catch(null) })
      .transform(({ participants, ...data }): EventPayload => {
        const payload = operationPayload(type, data);
        return participants == null ? payload : { ...payload, participants: participants.entries };
      }),
  );
}

/** The first betas listed the identifiers alone. */
const rosterEntry = lazily(() =>
  z.preprocess(
    value => (isObject(value) && !Object.hasOwn(value, 'identifier') ? { identifier: value } : value),
    z.object({ identifier: identifier(), isMuted: flag(), isOnHold: flag() }),
  ),
);

const participantsUpdated = lazily(() =>
  z.object({ sequenceNumber: optionalInteger(), participants: namedEntries(rosterEntry()) }).transform(
    ({ sequenceNumber, participants }): EventPayload => ({
      type: 'roster.snapshot',
      sequenceNumber,
      participants: participants.entries.map(({ identifier: rawId, isMuted, isOnHold }) => ({
        rawId,
        participantId: null,
        isMuted,
        ...(isOnHold ? { isOnHold } : {}),
      })),
      ...unnamedOf(participants),
    }),
  ),
);

const tone = lazily(() => z.object({ sequenceId: integer().pipe(z.int().min(0)), tone: toneName() }));

/** In 2022 the tone stood in an object of its own. */
const toneReceived = lazily(() =>
  z
    .preprocess(value => (isObject(value) && isObject(value['toneInfo']) ? value['toneInfo'] : value), tone())
    .transform(({ sequenceId, tone }): EventPayload => ({ type: 'tone.received', sequenceId, tone })),
);

const recordingStateChanged = lazily(() =>
  z
    .object({
      recordingId: text(),
      state: recordingState(),
      startDateTime: optionalTime(),
      serverCallId: optionalText(),
    })
    .transform(({ recordingId, state, startDateTime, serverCallId }): EventPayload | undefined =>
      recordingPayload({ recordingId, state, startedAt: startDateTime, conversationId: serverCallId }),
    ),
);

/**
 * The event types of GA, without their namespace and in small letters: types come in any case. All 38 of the SDK's
 * parser, those of its preview branches, and the names that the documentation and samples use beside them.
 */
export const TO_PAYLOAD: ReadonlyMap<string, ToPayload> = new Map<string, ToPayload>([
  ['callconnected', callConnected],
  ['calldisconnected', callDisconnected],
  ['createcallfailed', callFailed('create')],
  ['answerfailed', callFailed('answer')],
  ['answercallfailed', callFailed('answer')],
  ['connectfailed', callFailed('connect')],
  ['participantsupdated', participantsUpdated],
  ['continuousdtmfrecognitiontonereceived', toneReceived],
  ['continuousdtmfrecognitiontonefailed', operation('tone.failed')],
  ['continuousdtmfrecognitionstopped', operation('tone.stopped')],
  ['recordingstatechanged', recordingStateChanged],
  ['startrecordingfailed', operation('recording.startFailed')],
  ['recognizecompleted', recognizeCompleted],
  ['recognizefailed', operation('input.failed')],
  ['recognizecanceled', operation('input.canceled')],
  ['playstarted', operation('play.started')],
  ['playpaused', operation('play.paused')],
  ['playresumed', operation('play.resumed')],
  ['playcompleted', operation('play.completed')],
  ['playcanceled', operation('play.canceled')],
  ['playfailed', operation('play.failed')],
  ['addparticipantsucceeded', operation('participant.addSucceeded')],
  ['addparticipantfailed', operation('participant.addFailed')],
  ['addparticipantssucceeded', severalAdded('participant.addSucceeded')],
  ['addparticipantsfailed', severalAdded('participant.addFailed')],
  ['canceladdparticipantsucceeded', operation('participant.addCancelSucceeded')],
  ['canceladdparticipantfailed', operation('participant.addCancelFailed')],
  ['removeparticipantsucceeded', operation('participant.removeSucceeded')],
  ['removeparticipantfailed', operation('participant.removeFailed')],
  ['moveparticipantsucceeded', operation('participant.moveSucceeded')],
  ['moveparticipantssucceeded', operation('participant.moveSucceeded')],
  ['moveparticipantfailed', operation('participant.moveFailed')],
  ['moveparticipantsfailed', operation('participant.moveFailed')],
  ['calltransferaccepted', operation('transfer.accepted')],
  ['calltransferfailed', operation('transfer.failed')],
  ['holdaudiostarted', operation('hold.started')],
  ['holdaudiopaused', operation('hold.paused')],
  ['holdaudioresumed', operation('hold.resumed')],
  ['holdaudiocompleted', operation('hold.completed')],
  ['holdfailed', operation('hold.failed')],
  ['senddtmftonescompleted', operation('dtmf.sent')],
  ['senddtmfcompleted', operation('dtmf.sent')],
  ['senddtmftonesfailed', operation('dtmf.sendFailed')],
  ['senddtmffailed', operation('dtmf.sendFailed')],
  ['transcriptionstarted', operation('transcription.started')],
  ['transcriptionupdated', operation('transcription.updated')],
  ['transcriptioncallsummaryupdated', operation('transcription.updated')],
  ['transcriptionstopped', operation('transcription.stopped')],
  ['transcriptionfailed', operation('transcription.failed')],
  ['mediastreamingstarted', operation('streaming.started')],
  ['mediastreamingstopped', operation('streaming.stopped')],
  ['mediastreamingfailed', operation('streaming.failed')],
]);

import * as z from 'zod';
import type { EventPayload } from '../../domain/call-event.ts';
import { lazily } from '../../lazily.ts';
import {
  dtmfReceived,
  inviteParticipantResult,
  participantsUpdated,
  playAudioResult,
  statePayload,
} from '../preview-2021-04/to-payload.ts';
import type { ToPayload } from '../read-event.ts';
import { recordingPayload } from '../recording-payload.ts';
import { optionalText, optionalTime, recordingState, text } from '../wire-values.ts';

/** Early revisions of these previews still used the names of 2021-04, so that each name may stand for the other. */
const callConnectionStateChanged = lazily(() =>
  z
    .object({
      callConnectionState: optionalText(),
      callState: optionalText(),
      serverCallId: optionalText(),
      conversationId: optionalText(),
      callLocator: z.object({ serverCallId: optionalText() }).nullish(),
    })
    .transform((data, context): EventPayload => {
      const state = data.callConnectionState ?? data.callState;
      if (state !== null) {
        return statePayload(
          state,
          data.serverCallId ?? data.conversationId ?? data.callLocator?.serverCallId ?? null,
        );
      }
      context.addIssue({
        code: 'custom',
        path: ['callConnectionState'],
        message: 'expected connecting, connected, disconnecting or disconnected',
      });
      return z.NEVER;
    }),
);

const callRecordingStateChanged = lazily(() =>
  z
    .object({
      recordingId: text(),
      state: recordingState(),
      startDateTime: optionalTime(),
      serverCallId: optionalText(),
      conversationId: optionalText(),
    })
    .transform(({ recordingId, state, startDateTime, serverCallId, conversationId }) =>
      recordingPayload({
        recordingId,
        state,
        startedAt: startDateTime,
        conversationId: serverCallId ?? conversationId,
      }),
    ),
);

/** The event types of these previews, without their namespace and in small letters: types come in any case. */
export const TO_PAYLOAD: ReadonlyMap<string, ToPayload> = new Map<string, ToPayload>([
  ['callconnectionstatechanged', callConnectionStateChanged],
  ['calllegstatechanged', callConnectionStateChanged],
  ['dtmfreceived', dtmfReceived],
  ['tonereceived', dtmfReceived],
  ['playaudioresult', playAudioResult],
  ['addparticipantresult', inviteParticipantResult],
  ['inviteparticipantresult', inviteParticipantResult],
  ['participantsupdated', participantsUpdated],
  ['callrecordingstatechanged', callRecordingStateChanged],
]);

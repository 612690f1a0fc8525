import * as z from 'zod';
import type { EventPayload, ResultInfo } from '../../domain/call-event.ts';
import { lazily } from '../../lazily.ts';
import { unnamedOf } from '../named-entries.ts';
import type { ToPayload } from '../read-event.ts';
import { recordingPayload } from '../recording-payload.ts';
import { toneNamed } from '../tone-named.ts';
import {
  callLegStateChangedSchema,
  callRecordingStateChangedSchema,
  dtmfReceivedSchema,
  inviteParticipantResultSchema,
  participantsUpdatedSchema,
  playAudioResultSchema,
} from './schemas.ts';

const callLegStateChanged = lazily(() =>
  callLegStateChangedSchema().transform(({ callState, conversationId }) =>
    statePayload(callState, conversationId),
  ),
);

/** What a state says, in the words of either preview: the first ones said establishing, the later ones connecting. */
export function statePayload(state: string, conversationId: string | null): EventPayload {
  // The previews know the conversation once the call is connected, and not before.
  const wasConnected = conversationId !== null;
  switch (state.toLowerCase()) {
    case 'incoming':
    case 'establishing':
    case 'connecting':
      return { type: 'call.connecting', conversationId };
    case 'established':
    case 'connected':
      return { type: 'call.connected', conversationId };
    case 'terminating':
    case 'disconnecting':
      return { type: 'call.disconnecting', conversationId, wasConnected };
    case 'terminated':
    case 'disconnected':
      return { type: 'call.disconnected', conversationId, wasConnected, reason: null };
    default:
      return { type: 'call.note', note: state, conversationId };
  }
}

export const dtmfReceived = lazily(() =>
  dtmfReceivedSchema().transform(({ toneInfo }, context): EventPayload => {
    const tone = toneNamed(toneInfo.tone);
    if (tone === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['toneInfo', 'tone'],
        message: 'expected Tone0 to Tone9, Star, Pound, A to D or Flash',
      });
      return z.NEVER;
    }
    return { type: 'tone.received', sequenceId: toneInfo.sequenceId, tone };
  }),
);

export const playAudioResult = lazily(() =>
  playAudioResultSchema().transform(({ status, resultInfo, operationContext }): EventPayload => {
    return { type: PLAY_TYPES[endOf(status, resultInfo)], operationContext, result: resultInfo };
  }),
);

export const inviteParticipantResult = lazily(() =>
  inviteParticipantResultSchema().transform(
    ({ status, resultInfo, operationContext, participants }): EventPayload => {
      const type = ADD_TYPES[endOf(status, resultInfo)];
      return { type, operationContext, result: resultInfo, participants };
    },
  ),
);

export const participantsUpdated = lazily(() =>
  participantsUpdatedSchema().transform(({ participants }): EventPayload => {
    return {
      type: 'roster.snapshot',
      sequenceNumber: null,
      participants: participants.entries.map(({ identifier, participantId, isMuted }) => ({
        rawId: identifier,
        participantId,
        isMuted,
      })),
      ...unnamedOf(participants),
    };
  }),
);

const callRecordingStateChanged = lazily(() =>
  callRecordingStateChangedSchema().transform(({ recordingId, state, startDateTime, conversationId }) =>
    recordingPayload({ recordingId, state, startedAt: startDateTime, conversationId }),
  ),
);

/** The event types of this preview, without their namespace and in small letters: types come in any case. */
export const TO_PAYLOAD: ReadonlyMap<string, ToPayload> = new Map<string, ToPayload>([
  ['calllegstatechanged', callLegStateChanged],
  ['dtmfreceived', dtmfReceived],
  ['playaudioresult', playAudioResult],
  ['inviteparticipantresult', inviteParticipantResult],
  ['participantsupdated', participantsUpdated],
  ['callrecordingstatechanged', callRecordingStateChanged],
]);

type End = 'running' | 'completed' | 'canceled' | 'failed';

const PLAY_TYPES = {
  running: 'play.started',
  completed: 'play.completed',
  canceled: 'play.canceled',
  failed: 'play.failed',
} as const;

const ADD_TYPES = {
  running: 'participant.addStarted',
  completed: 'participant.addSucceeded',
  canceled: 'participant.addFailed',
  failed: 'participant.addFailed',
} as const;

/** Subcode of an operation that was cancelled; the preview sends it with the status "Completed". */
const OPERATION_CANCELLED = 8508;

/** A result that says what went wrong wins over the status: that of a cancelled operation says "Completed". */
function endOf(
  status: z.output<ReturnType<typeof playAudioResultSchema>>['status'],
  result: ResultInfo | null,
): End {
  if (result?.subcode === OPERATION_CANCELLED) return 'canceled';
  if (status === 'cancelled' || status === 'canceled') return 'canceled';
  if (status === 'failed' || (result?.code ?? 0) >= 400) return 'failed';
  return status === 'completed' ? 'completed' : 'running';
}

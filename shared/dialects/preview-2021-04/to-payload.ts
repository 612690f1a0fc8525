import * as z from 'zod';
import { type EventPayload, type ResultInfo, TONES, type ToneName } from '../../domain/call-event.ts';
import {
  callLegStateChangedSchema,
  callRecordingStateChangedSchema,
  dtmfReceivedSchema,
  inviteParticipantResultSchema,
  participantsUpdatedSchema,
  playAudioResultSchema,
} from './schemas.ts';

/** Reads the data of an event, its keys beginning with small letters, into what it says. */
export type ToPayload = z.ZodType<EventPayload>;

const callLegStateChanged = callLegStateChangedSchema.transform(
  ({ callState, conversationId }): EventPayload => {
    // This preview knows the conversation once the call is established, and not before.
    const wasConnected = conversationId !== null;
    switch (callState.toLowerCase()) {
      case 'incoming':
      case 'establishing':
        return { type: 'call.connecting', conversationId };
      case 'established':
        return { type: 'call.connected', conversationId };
      case 'terminating':
        return { type: 'call.disconnecting', conversationId, wasConnected };
      case 'terminated':
        return { type: 'call.disconnected', conversationId, wasConnected, reason: null };
      default:
        return { type: 'call.note', note: callState, conversationId };
    }
  },
);

const dtmfReceived = dtmfReceivedSchema.transform(({ toneInfo }, context): EventPayload => {
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
});

const playAudioResult = playAudioResultSchema.transform(
  ({ status, resultInfo, operationContext }): EventPayload => {
    return { type: PLAY_TYPES[endOf(status, resultInfo)], operationContext, result: resultInfo };
  },
);

const inviteParticipantResult = inviteParticipantResultSchema.transform(
  ({ status, resultInfo, operationContext, participants }): EventPayload => {
    const type = ADD_TYPES[endOf(status, resultInfo)];
    return { type, operationContext, result: resultInfo, participants };
  },
);

const participantsUpdated = participantsUpdatedSchema.transform(({ participants }): EventPayload => {
  return {
    type: 'roster.snapshot',
    sequenceNumber: null,
    participants: participants.map(({ identifier, participantId, isMuted }) => ({
      rawId: identifier,
      participantId,
      isMuted,
    })),
  };
});

const callRecordingStateChanged = callRecordingStateChangedSchema.transform(
  ({ recordingId, state, startDateTime, conversationId }): EventPayload => {
    return { type: 'recording.state', recordingId, state, startedAt: startDateTime, conversationId };
  },
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
function endOf(status: z.output<typeof playAudioResultSchema>['status'], result: ResultInfo | null): End {
  if (result?.subcode === OPERATION_CANCELLED) return 'canceled';
  if (status === 'cancelled' || status === 'canceled') return 'canceled';
  if (status === 'failed' || (result?.code ?? 0) >= 400) return 'failed';
  return status === 'completed' ? 'completed' : 'running';
}

const TONE_ALIASES: ReadonlyMap<string, ToneName> = new Map([
  ['star', 'asterisk'],
  ['hash', 'pound'],
]);

/** The wire says Tone1, Star, Pound, A, Flash; digits alone and GA's own names are understood as well. */
function toneNamed(wire: string): ToneName | undefined {
  const name = wire.toLowerCase();
  const digit = /^(?:tone)?(\d)$/.exec(name)?.[1];
  if (digit !== undefined) return TONES[Number(digit)];
  const bare = name.replace(/^tone/, '');
  return TONE_ALIASES.get(bare) ?? TONES.find(tone => tone === bare);
}

import type * as z from 'zod';
import type { CallReport, EventPayload, ParticipantReport } from '../../domain/call-event.ts';
import { lazily } from '../../lazily.ts';
import type { ToPayload } from '../read-event.ts';
import {
  callEndedSchema,
  callMembers,
  incomingCallSchema,
  participantSchema,
  recordingFileSchema,
} from './schemas.ts';

const incomingCall = lazily(() =>
  incomingCallSchema().transform((data): EventPayload => {
    const { serverCallId, customContext, onBehalfOfCallee, ...told } = data;
    return {
      type: 'call.incoming',
      conversationId: serverCallId,
      ...told,
      onBehalfOf: onBehalfOfCallee,
      sipHeaders: customContext?.sipHeaders ?? {},
      voipHeaders: customContext?.voipHeaders ?? {},
    };
  }),
) satisfies ToPayload;

const callStarted = lazily(() =>
  callMembers().transform((data): EventPayload => ({ type: 'report.callStarted', ...reportOf(data) })),
);

const callEnded = lazily(() =>
  callEndedSchema().transform((data): EventPayload => {
    const { endedBy, reason, callDurationInSeconds, durationOfCall } = data;
    return {
      type: 'report.callEnded',
      ...reportOf(data),
      endedBy: endedBy?.communicationIdentifier ?? null,
      endedByKind: endedBy?.kind ?? null,
      reason: reason == null ? null : { code: reason.code, subcode: reason.subCode, message: reason.phrase },
      durationSeconds: callDurationInSeconds ?? durationOfCall,
    };
  }),
);

const participantAdded = lazily(() =>
  participantSchema().transform(
    (data): EventPayload => ({ type: 'report.participantAdded', ...participantReportOf(data) }),
  ),
);

const participantRemoved = lazily(() =>
  participantSchema().transform(
    (data): EventPayload => ({ type: 'report.participantRemoved', ...participantReportOf(data) }),
  ),
);

const recordingFileStatusUpdated = lazily(() =>
  recordingFileSchema().transform(
    (data): EventPayload => ({
      type: 'recording.fileReady',
      recordingId: segmentAfter(data.subject, 'recordingId') ?? '',
      startedAt: data.recordingStartTime,
      durationMs: data.recordingDurationMs,
      contentType: data.recordingContentType,
      channelType: data.recordingChannelType,
      formatType: data.recordingFormatType,
      endReason: data.sessionEndReason,
      files: data.recordingStorageInfo?.recordingChunks ?? [],
      // The first subjects had no server call, and this in its place.
      conversationId: segmentAfter(data.subject, 'serverCallId') ?? segmentAfter(data.subject, 'call'),
    }),
  ),
);

/** The event types about calls, without their namespace and in small letters: types come in any case. */
export const TO_PAYLOAD: ReadonlyMap<string, ToPayload> = new Map<string, ToPayload>([
  ['incomingcall', incomingCall],
  ['callstarted', callStarted],
  ['callended', callEnded],
  ['callparticipantadded', participantAdded],
  ['callparticipantremoved', participantRemoved],
  ['recordingfilestatusupdated', recordingFileStatusUpdated],
]);

function reportOf(data: z.output<ReturnType<typeof callMembers>>): CallReport {
  const { serverCallId, correlationId, startedBy, group, isTwoParty, isRoomsCall, subject } = data;
  const conversationId = serverCallId ?? segmentAfter(subject ?? '', 'call');
  return { conversationId, correlationId, startedBy, groupId: group?.id ?? null, isTwoParty, isRoomsCall };
}

function participantReportOf(data: z.output<ReturnType<typeof participantSchema>>): ParticipantReport {
  const { user, participantId, displayName, userAgent, endpointType } = data;
  const told = { participant: user, participantId, displayName, userAgent: userAgent ?? endpointType };
  return { ...reportOf(data), ...told };
}

function segmentAfter(path: string, name: string): string | null {
  return new RegExp(`(?:^|/)${name}/([^/]+)`, 'i').exec(path)?.[1] ?? null;
}

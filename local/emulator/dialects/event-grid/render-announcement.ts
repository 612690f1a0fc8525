import type { Announcement, CallReport, IncomingCall, RecordingFiles } from '../../core/announcement.ts';
import { renderIdentifier } from '../ga/identifiers.ts';

/** In which of its two forms Event Grid delivers. */
export type EventGridSchema = 'eventGrid' | 'cloudEvents';

/** The resource that events are of. */
const TOPIC =
  '/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/local/providers/Microsoft.Communication/CommunicationServices/emulator';

interface Rendered {
  readonly type: string;
  readonly subject: string;
  readonly data: Record<string, unknown>;
}

/** An event of the resource: an element of Event Grid's own schema, or a CloudEvent. */
export function renderAnnouncement(announcement: Announcement, schema: EventGridSchema) {
  const { type, subject, data } = renderData(announcement);
  return envelope(
    { id: announcement.id, type: `Microsoft.Communication.${type}`, subject, data },
    {
      schema,
      atMs: announcement.atMs,
    },
  );
}

/** An event in the form that a subscription asks for. */
export function envelope(
  { id, type, subject, data }: Rendered & { readonly id: string },
  { schema, atMs }: { readonly schema: EventGridSchema; readonly atMs: number },
): Record<string, unknown> {
  // Event Grid writes seven digits of a second.
  const time = `${new Date(Math.floor(atMs)).toISOString().slice(0, -1)}0000Z`;
  if (schema === 'cloudEvents') return { id, source: TOPIC, type, subject, time, specversion: '1.0', data };
  const versions = { dataVersion: '1.0', metadataVersion: '1' };
  return { id, topic: TOPIC, subject, data, eventType: type, ...versions, eventTime: time };
}

function renderData(announcement: Announcement): Rendered {
  switch (announcement.type) {
    case 'incomingCall':
      return renderIncoming(announcement);
    case 'recordingFiles':
      return renderFiles(announcement);
    case 'callStarted':
    case 'callEnded':
    case 'participantAdded':
    case 'participantRemoved':
      return renderReport(announcement);
  }
}

function renderIncoming(call: IncomingCall): Rendered {
  const { from, to, conversationId, correlationId, onBehalfOf } = call;
  return {
    type: 'IncomingCall',
    subject: `/caller/${from.rawId}/recipient/${to.rawId}`,
    data: {
      to: renderIdentifier(to),
      from: renderIdentifier(from),
      serverCallId: conversationId,
      callerDisplayName: call.callerDisplayName,
      customContext: { sipHeaders: call.sipHeaders, voipHeaders: call.voipHeaders },
      incomingCallContext: call.context,
      correlationId,
      ...(onBehalfOf === undefined ? {} : { onBehalfOfCallee: renderIdentifier(onBehalfOf) }),
    },
  };
}

function renderFiles(files: RecordingFiles): Rendered {
  const { callId, conversationId, recordingId } = files;
  const location = `https://recordings.example.invalid/v1/objects/${recordingId}`;
  return {
    type: 'RecordingFileStatusUpdated',
    subject: `/recording/call/${callId}/serverCallId/${conversationId}/recordingId/${recordingId}`,
    data: {
      recordingStorageInfo: {
        recordingChunks: [
          {
            documentId: `0-${recordingId}`,
            index: 0,
            endReason: 'SessionEnded',
            contentLocation: `${location}/content/acsrecording`,
            metadataLocation: `${location}/content/acsmetadata`,
            deleteLocation: location,
          },
        ],
      },
      recordingStartTime: new Date(Math.floor(files.startedAtMs)).toISOString(),
      recordingDurationMs: Math.round(files.durationMs),
      recordingContentType: files.content,
      recordingChannelType: files.channels,
      recordingFormatType: files.format,
      sessionEndReason: files.endedWithCall ? 'CallEnded' : 'RecordingStopped',
    },
  };
}

const REPORT_TYPES: Readonly<Record<CallReport['type'], string>> = {
  callStarted: 'CallStarted',
  callEnded: 'CallEnded',
  participantAdded: 'CallParticipantAdded',
  participantRemoved: 'CallParticipantRemoved',
};

function renderReport(report: CallReport): Rendered {
  const { type, conversationId, correlationId, startedBy, who, isTwoParty } = report;
  const call = `call/${conversationId}`;
  const subjects = {
    callStarted: `${call}/startedBy/${startedBy.rawId}`,
    callEnded: call,
    participantAdded: `${call}/participant/${who.rawId}`,
    participantRemoved: `${call}/participant/${who.rawId}`,
  };
  return {
    type: REPORT_TYPES[type],
    subject: subjects[type],
    data: {
      startedBy: { communicationIdentifier: renderIdentifier(startedBy), role: 'Attendee' },
      serverCallId: conversationId,
      isTwoParty,
      correlationId,
      isRoomsCall: false,
      ...(type === 'callStarted' ? {} : furtherData(report)),
    },
  };
}

function furtherData({ type, who, participantId, durationSeconds }: CallReport): Record<string, unknown> {
  const communicationIdentifier = renderIdentifier(who);
  if (type === 'callEnded') {
    return {
      endedBy: { communicationIdentifier, kind: 'Participant', name: '' },
      reason: { code: 0, subCode: 0, phrase: 'The call ended normally.' },
      callDurationInSeconds: durationSeconds,
    };
  }
  const user = { communicationIdentifier, role: 'Attendee' };
  return { user, displayName: '', participantId, userAgent: 'emulator' };
}

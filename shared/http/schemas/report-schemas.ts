import * as z from 'zod';
import { optionalText, resultSchema } from './value-schemas.ts';

const members = {
  conversationId: optionalText('The server call id.'),
  correlationId: optionalText("ACS's id for tracing the call."),
  startedBy: optionalText('Who started the call.'),
  groupId: optionalText('The group call; null where it is none.'),
  isTwoParty: z.boolean().nullable().describe('Whether it is a call of two.'),
  isRoomsCall: z.boolean().nullable().describe('Whether it is the call of a room.'),
};

/** Somebody calls. */
export const incomingSchema = z
  .strictObject({
    conversationId: members.conversationId,
    correlationId: members.correlationId,
    from: optionalText('Who calls; null where that is not told.'),
    to: z.string().describe('Who is called.'),
    onBehalfOf: optionalText('For whom the called one answers; null where nobody else was called.'),
    callerDisplayName: optionalText('What the caller calls itself.'),
    incomingCallContext: z.string().describe('What answering, rejecting or redirecting the call takes.'),
    sipHeaders: z.record(z.string(), z.string()).describe('Custom SIP headers that came with the call.'),
    voipHeaders: z.record(z.string(), z.string()).describe('Custom headers that came with the call.'),
  })
  .describe('`call.incoming`: somebody calls, as Event Grid tells.');

/** Event Grid tells that a call began. */
export const startedReportSchema = z
  .strictObject(members)
  .describe('`report.callStarted`: a call began, as Event Grid tells.');

/** Event Grid tells that a call ended. */
export const endedReportSchema = z
  .strictObject({
    ...members,
    endedBy: optionalText('Who ended it.'),
    endedByKind: optionalText('Participant or MicrosoftInternal.'),
    reason: resultSchema,
    durationSeconds: z.number().nullable().describe('How long it lasted.'),
  })
  .describe('`report.callEnded`: a call ended, as Event Grid tells.');

/** Event Grid tells who came or went. */
export const participantReportSchema = z
  .strictObject({
    ...members,
    participant: optionalText('Who it was.'),
    participantId: optionalText('One endpoint of that identity.'),
    displayName: optionalText('What they call themselves.'),
    userAgent: optionalText('With what they call.'),
  })
  .describe('`report.participantAdded`, `.participantRemoved`: who came and went, as Event Grid tells.');

import * as z from 'zod';
import { PLANNED_KINDS } from '../../domain/action.ts';
import { actionIdsSchema } from './action-ids-schema.ts';
import { collectedInputSchema } from './collected-input-schema.ts';
import { recordingFileSchema } from './recording-file-schema.ts';
import {
  endedReportSchema,
  incomingSchema,
  participantReportSchema,
  startedReportSchema,
} from './report-schemas.ts';
import { toneNameSchema } from './tone-name-schema.ts';
import { optionalText, optionalTime, rawIdSchema, resultSchema } from './value-schemas.ts';

const conversationId = optionalText('The conversation; null until it is known.');
const operationContext = optionalText('Given by whoever asked for the operation.');

const conversation = z
  .strictObject({ conversationId })
  .describe('`call.connecting`, `call.connected`: how far the call is.');

const disconnecting = z
  .strictObject({
    conversationId,
    wasConnected: z.boolean().describe('Whether the event itself proves that the call had been connected.'),
  })
  .describe('`call.disconnecting`: the call begins to end.');

const disconnected = disconnecting
  .extend({ reason: resultSchema })
  .describe('`call.disconnected`: the call has ended.');

const failed = z
  .strictObject({
    stage: z.enum(['create', 'answer', 'connect']).describe('What was tried.'),
    operationContext,
    conversationId,
    reason: resultSchema,
  })
  .describe('`call.failed`: the call never came to a connection.');

const note = z
  .strictObject({ note: z.string().describe('What ACS said.'), conversationId })
  .describe('`call.note`: a state of the call that Ringback keeps and does not act on.');

const rosterSnapshot = z
  .strictObject({
    sequenceNumber: z
      .int()
      .nullable()
      .describe('Its place among the rosters; null where ACS does not number them.'),
    participants: z
      .array(
        z.strictObject({
          rawId: rawIdSchema,
          participantId: optionalText('One endpoint of that identity; null where ACS names none.'),
          isMuted: z.boolean().describe('Whether they were muted.'),
          isOnHold: z.boolean().optional().describe('Whether they were on hold, where ACS tells.'),
        }),
      )
      .describe('Everybody on the call at that moment.'),
    unnamed: z.int().min(1).optional().describe('How many more there were, whom ACS did not name.'),
  })
  .describe('`roster.snapshot`: who was on the call.');

const operation = z
  .strictObject({
    operationContext,
    result: resultSchema,
    participants: z
      .array(rawIdSchema)
      .optional()
      .describe('Whom it is about; empty or missing for all that the request named.'),
    input: collectedInputSchema.optional().describe('What was heard: of `input.collected`.'),
    details: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .optional()
      .describe('What else ACS told, in its own words.'),
  })
  .describe(
    'How an operation goes, by the type of the event: `play.…`, `input.…`, `participant.…`, `transfer.…`, `hold.…`, ' +
      '`tone.stopped`, `tone.failed`, `dtmf.…`, `recording.startFailed`, `transcription.…`, `streaming.…`.',
  );

const tone = z
  .strictObject({
    sequenceId: z.int().min(0).describe('Its place among the tones of the call.'),
    tone: toneNameSchema,
  })
  .describe('`tone.received`: somebody pressed a key.');

const recording = z
  .strictObject({
    recordingId: z.string().describe("ACS's id of the recording."),
    state: z.enum(['active', 'inactive']).describe('Whether it runs.'),
    startedAt: optionalTime('When it was started; null where ACS did not tell.'),
    conversationId,
  })
  .describe('`recording.state`: a recording began or ended.');

const actionDraft = z
  .strictObject({
    kind: z.enum(PLANNED_KINDS).describe('What is asked of ACS.'),
    arguments: z.record(z.string(), z.unknown()).describe('What is said with it; the same on every send.'),
  })
  .describe('A request to ACS.');

const recordingFiles = z
  .strictObject({
    recordingId: z.string().describe("ACS's id of the recording."),
    startedAt: optionalTime('When it was started; null where ACS did not tell.'),
    durationMs: z.number().nullable().describe('How long it is.'),
    contentType: optionalText('What was recorded.'),
    channelType: optionalText('Mixed, or one channel for each participant.'),
    formatType: optionalText('The format of the files.'),
    endReason: optionalText('Why it ended.'),
    files: z.array(recordingFileSchema).describe('Its files.'),
    conversationId,
  })
  .describe('`recording.fileReady`: the files of a recording can be fetched.');

const actionId = z.string().describe('The id of the action.');

const callRequested = z
  .strictObject({
    actionId,
    action: actionDraft,
    flow: z
      .strictObject({
        name: z.string().describe('Its name.'),
        version: z.int().min(1).describe('The version that runs the call to its end.'),
        input: z.record(z.string(), z.unknown()).describe('What it was given to start with.'),
      })
      .nullable()
      .describe('The flow that runs the call; null where none does.'),
  })
  .describe('`call.requested`: a call of ours begins.');

const actionRequested = z
  .strictObject({ actionId, action: actionDraft })
  .describe('`action.requested`: somebody asked for an action.');

const actionDone = z
  .strictObject({
    actionId,
    learnedWireId: z.string().optional().describe('What ACS calls the call that it began with it.'),
    ids: actionIdsSchema.optional(),
  })
  .describe('`action.done`: ACS took the request of an action.');

const actionEnded = z
  .strictObject({
    actionId,
    reason: z.string().describe('Why, in one sentence.'),
  })
  .describe(
    '`action.failed`: ACS refused it for good. `action.unknown`: whether ACS took it cannot be found out.',
  );

const timerFired = z
  .strictObject({
    timerId: z.string().describe('What was waited for.'),
    generation: z.int().min(1).describe('Which arming of it.'),
  })
  .describe('`timer.fired`: a timer came due.');

const callLost = z
  .strictObject({ reason: z.string().describe('Why, in one sentence.') })
  .describe('`call.lost`: nothing was heard of the call for so long that it counts as ended.');

const unknownEvent = z
  .strictObject({
    wireType: z.string().describe('The type as the sender spelt it.'),
    raw: z
      .unknown()
      .describe('The whole event as it came, but that numbers which no double can hold are texts.'),
  })
  .describe('`unknown`: an event of a type that this version does not know, kept as it came.');

/** What an event says, by its type. */
export const PAYLOADS = {
  'call.incoming': incomingSchema,
  'call.connecting': conversation,
  'call.connected': conversation,
  'call.disconnecting': disconnecting,
  'call.disconnected': disconnected,
  'call.failed': failed,
  'call.note': note,
  'roster.snapshot': rosterSnapshot,
  'tone.received': tone,
  'recording.state': recording,
  'recording.fileReady': recordingFiles,
  'play.started': operation,
  'play.paused': operation,
  'play.resumed': operation,
  'play.completed': operation,
  'play.canceled': operation,
  'play.failed': operation,
  'input.collected': operation,
  'input.canceled': operation,
  'input.failed': operation,
  'participant.addStarted': operation,
  'participant.addSucceeded': operation,
  'participant.addFailed': operation,
  'participant.addCancelSucceeded': operation,
  'participant.addCancelFailed': operation,
  'participant.removeSucceeded': operation,
  'participant.removeFailed': operation,
  'participant.moveSucceeded': operation,
  'participant.moveFailed': operation,
  'transfer.accepted': operation,
  'transfer.failed': operation,
  'hold.started': operation,
  'hold.paused': operation,
  'hold.resumed': operation,
  'hold.completed': operation,
  'hold.failed': operation,
  'tone.stopped': operation,
  'tone.failed': operation,
  'dtmf.sent': operation,
  'dtmf.sendFailed': operation,
  'recording.startFailed': operation,
  'transcription.started': operation,
  'transcription.updated': operation,
  'transcription.stopped': operation,
  'transcription.failed': operation,
  'streaming.started': operation,
  'streaming.stopped': operation,
  'streaming.failed': operation,
  'report.callStarted': startedReportSchema,
  'report.callEnded': endedReportSchema,
  'report.participantAdded': participantReportSchema,
  'report.participantRemoved': participantReportSchema,
  unknown: unknownEvent,
  'call.requested': callRequested,
  'action.requested': actionRequested,
  'action.done': actionDone,
  'action.failed': actionEnded,
  'action.unknown': actionEnded,
  'timer.fired': timerFired,
  'call.lost': callLost,
} as const;

/** What an event says: which of the shapes it has is told by the type beside it. */
export const payloadSchema = z.union([
  incomingSchema,
  endedReportSchema,
  participantReportSchema,
  startedReportSchema,
  failed,
  disconnected,
  disconnecting,
  note,
  rosterSnapshot,
  operation,
  tone,
  recordingFiles,
  recording,
  unknownEvent,
  callRequested,
  actionRequested,
  actionEnded,
  actionDone,
  timerFired,
  callLost,
  conversation,
]);

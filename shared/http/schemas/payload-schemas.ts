import * as z from 'zod';
import { ACTION_KINDS } from '../../domain/action.ts';
import { TONES } from '../../domain/call-event.ts';
import { optionalText, optionalTime, rawIdSchema, resultMembers } from './value-schemas.ts';

/** A key of the telephone's keypad. */
export const toneNameSchema = z.enum(TONES).describe('The key, by the names that Call Automation uses.');

const conversationId = optionalText('The conversation; null until it is known.');
const operationContext = optionalText('Given by whoever asked for the operation.');
const resultSchema = z
  .strictObject({ ...resultMembers, message: optionalText('The message of ACS, as it came.') })
  .nullable()
  .describe('How it went, in the codes of ACS; null where it did not say.');

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
        }),
      )
      .describe('Everybody on the call at that moment.'),
  })
  .describe('`roster.snapshot`: who was on the call.');

const added = z
  .strictObject({
    operationContext,
    result: resultSchema,
    participants: z.array(rawIdSchema).describe('Whom it is about; empty for all that the request named.'),
  })
  .describe('`participant.addStarted`, `.addSucceeded`, `.addFailed`: how adding participants went.');

const played = z
  .strictObject({ operationContext, result: resultSchema })
  .describe('`play.started`, `.completed`, `.canceled`, `.failed`: how playing a prompt went.');

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
    kind: z.enum(ACTION_KINDS).describe('What is asked of ACS.'),
    arguments: z.record(z.string(), z.unknown()).describe('What is said with it; the same on every send.'),
  })
  .describe('A request to ACS.');

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
    raw: z.unknown().describe('The whole event as it came.'),
  })
  .describe('`unknown`: an event of a type that this version does not know, kept as it came.');

/** What an event says, by its type. */
export const PAYLOADS = {
  'call.connecting': conversation,
  'call.connected': conversation,
  'call.disconnecting': disconnecting,
  'call.disconnected': disconnected,
  'call.note': note,
  'roster.snapshot': rosterSnapshot,
  'participant.addStarted': added,
  'participant.addSucceeded': added,
  'participant.addFailed': added,
  'play.started': played,
  'play.completed': played,
  'play.canceled': played,
  'play.failed': played,
  'tone.received': tone,
  'recording.state': recording,
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
  disconnected,
  disconnecting,
  note,
  rosterSnapshot,
  added,
  played,
  tone,
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

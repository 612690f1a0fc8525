import * as z from 'zod';
import { PLANNED_KINDS } from '../../domain/action.ts';
import { CALL_STATES } from '../../domain/call-state.ts';
import { GAP_SUBJECTS } from '../../domain/gaps.ts';
import { BEGINNING_KINDS } from '../../domain/request-of.ts';
import { actionIdsSchema } from './action-ids-schema.ts';
import { operationSchema } from './operation-schema.ts';
import { recordingFileSchema } from './recording-file-schema.ts';
import { toneNameSchema } from './tone-name-schema.ts';
import {
  dialectSchema,
  optionalText,
  optionalTime,
  rawIdSchema,
  resultMembers,
  timeSchema,
} from './value-schemas.ts';

/** The members of a call that a list shows too. */
const summaryMembers = {
  callKey: z
    .string()
    .describe("Ringback's key of the call: the one in its callback URL, or made from its ACS id."),
  dialect: dialectSchema,
  state: z
    .enum(CALL_STATES)
    .describe('How far the call is. It only moves on, whatever order its events come in.'),
  callLegId: optionalText(
    'The id of ACS that a call of the 2021-04 preview is bound to: the first one seen on its callback URL.',
  ),
  callConnectionId: optionalText('The same of a call of any other dialect.'),
  conversationId: optionalText('The conversation that the call is part of; null until an event names one.'),
  createdAt: timeSchema.describe('The time of the earliest event known.'),
  connectedAt: optionalTime(
    'When it was connected; null until the event that tells it, even if others prove it.',
  ),
  endedAt: optionalTime('When it ended, or was given up; null while it is open.'),
  inferred: z
    .boolean()
    .describe('Whether the end was inferred, because nothing was heard of the call any more.'),
  outcome: z
    .enum([
      'answered',
      'no-answer',
      'busy',
      'declined',
      'cancelled',
      'bad-number',
      'blocked',
      'dropped',
      'failed',
      'unknown',
    ])
    .nullable()
    .describe('What the call came to; null while it is open.'),
};

/** A call in a list. */
export const callSummarySchema = z.strictObject(summaryMembers).describe('A call in a list.');

const participantSchema = z
  .strictObject({
    rawId: rawIdSchema,
    participantId: optionalText('One endpoint of that identity; null where ACS names none.'),
    isMuted: z.boolean().describe('Whether they were muted when last seen.'),
    isOnHold: z
      .boolean()
      .describe('Whether they were on hold when last seen; the previews do not tell, and it is false then.'),
    present: z.boolean().describe('Whether they are on the call now.'),
    stays: z
      .array(
        z.strictObject({
          joinedAt: timeSchema.describe('The first roster that shows them.'),
          leftAt: optionalTime(
            'The first roster without them, or the end of the call; null while they are on it.',
          ),
        }),
      )
      .describe('Their times on the call, oldest first.'),
    mutedIntervals: z
      .array(
        z.strictObject({
          mutedAt: timeSchema.describe('The first roster that shows them muted.'),
          unmutedAt: optionalTime('The first roster that no longer does; null while they are muted.'),
        }),
      )
      .describe('Their times of being muted, oldest first.'),
    heldIntervals: z
      .array(
        z.strictObject({
          heldAt: timeSchema.describe('The first roster that shows them on hold.'),
          resumedAt: optionalTime('The first roster that no longer does; null while they are on hold.'),
        }),
      )
      .describe('Their times of being on hold, oldest first.'),
  })
  .describe('Somebody who is, or was, on the call: one identity at one endpoint.');

const toneSchema = z
  .strictObject({
    sequenceId: z.int().describe('Its place among the tones of the call, counted by ACS from 1.'),
    tone: toneNameSchema,
    at: timeSchema.describe('When it was pressed.'),
  })
  .describe('A key that somebody pressed.');

const recordingSchema = z
  .strictObject({
    recordingId: z.string().describe("ACS's id of the recording."),
    state: z.enum(['active', 'inactive']).describe('Whether it runs.'),
    at: timeSchema.describe('When its state was last told.'),
    startedAt: optionalTime('When it was started; null where ACS did not tell.'),
    files: z
      .array(recordingFileSchema)
      .optional()
      .describe('Its files, once Event Grid told that they can be fetched.'),
  })
  .describe('A recording of the call.');

const actionSchema = z
  .strictObject({
    id: z.string().describe('Its id, which is also the operationContext of the request.'),
    kind: z.enum(PLANNED_KINDS).describe('What is asked of ACS.'),
    state: z
      .enum(['planned', 'sending', 'done', 'failed', 'skipped', 'unknown'])
      .describe(
        '`done`: ACS took the request; how it went is told by the operation. `unknown`: whether ACS took it cannot be found out, and it is not sent again.',
      ),
    reason: optionalText(
      'Why it failed, was skipped or is unknown; of one that is `planned`, why it waits: for a line of its number, or because ACS did not take it when it was tried (429, no connection, no clear answer). Null while it waits for its turn alone.',
    ),
    nextTryAt: optionalTime(
      'Of one that is `planned`, when it is tried next, or first where it is to wait; null where no time is set, and of any other.',
    ),
    plannedAt: timeSchema.describe('The time of the event that led to it.'),
    ids: actionIdsSchema.optional(),
    nextCallKey: optionalText('Of `dialAgain`, the key of the call that it begins; null else.'),
  })
  .describe('A request to ACS that was decided on the call.');

const requestSchema = z
  .strictObject({
    kind: z
      .enum(BEGINNING_KINDS)
      .describe('What was asked for; the last two are about a conversation that we are not in.'),
    to: z.array(rawIdSchema).nullable().describe('Who was to be called; null where nobody was.'),
    from: rawIdSchema.nullable().describe('Who calls, or joins; null where the kind takes nobody.'),
    callerId: rawIdSchema.nullable().describe('The number that telephones show; null where none is.'),
    conversationId: optionalText('The conversation that was named; null where none was.'),
    participantId: optionalText('Who was to be removed; null where nobody was.'),
    subject: optionalText('The subject that was given; null where none was.'),
  })
  .describe('The request that a call of ours began with, with the defaults of that time.');

const timerSchema = z
  .strictObject({
    timerId: z.string().describe('What is waited for.'),
    generation: z.int().min(1).describe('Counts the armings of this id.'),
    dueAt: timeSchema.describe('When it fires, unless the call moves on before.'),
  })
  .describe('A timer that is armed.');

const gapSchema = z
  .strictObject({
    about: z.enum(GAP_SUBJECTS).describe('What of the call it is about.'),
    text: z.string().describe('In one sentence, for people.'),
  })
  .describe('Something that no event told.');

const flowSchema = z
  .strictObject({
    name: z.string().describe('Its name.'),
    version: z.int().min(1).describe('The version that runs the call to its end.'),
    status: z
      .enum(['active', 'done', 'failed'])
      .describe(
        'Whether it runs, has come to its end, or broke; a broken one hangs up and does nothing more.',
      ),
    state: optionalText('The state that it is in, `menu` or `menu.waiting`; null for plain handlers.'),
    result: z.unknown().describe('What it came to, in the words of the flow; null until it is done.'),
    error: optionalText('Why it failed; null else.'),
    attempt: z.int().min(1).describe('1 for a first call; counts up with each call that was dialled again.'),
    previousCallKey: optionalText('The call that this one dials again; null for a first call.'),
  })
  .describe('The flow that runs a call.');

/** All that is known about a call. */
export const callSchema = z
  .strictObject({
    ...summaryMembers,
    connectingAt: optionalTime('When it began to ring, as far as known.'),
    disconnectingAt: optionalTime('When it began to end, as far as known.'),
    lastEventAt: timeSchema.describe('The time of the latest event known.'),
    reason: z
      .strictObject({ ...resultMembers, text: z.string().describe('In one sentence, for people.') })
      .nullable()
      .describe('Why the call ended; null while it is open.'),
    request: requestSchema
      .nullable()
      .describe('What was asked for to begin the call; null for a call that others placed.'),
    participants: z.array(participantSchema).describe('Everybody who was seen on the call.'),
    tones: z.array(toneSchema).describe('The keys that were pressed, in their sequence.'),
    operations: z.array(operationSchema).describe('Follow-up requests and how they went.'),
    recordings: z.array(recordingSchema).describe('The recordings of the call.'),
    gaps: z
      .array(gapSchema)
      .describe(
        'What was inferred, and what was not heard though it must have been told; empty where all came.',
      ),
    flow: flowSchema.nullable().describe('The flow that runs the call; null where none does.'),
    actions: z
      .array(actionSchema)
      .describe('Requests to ACS that were decided, in the order in which they go out.'),
    timers: z.array(timerSchema).describe('What is waited for: the timers that are armed.'),
  })
  .describe(
    'All that is known about a call. It is the same whatever order its events came in, and how often.',
  );

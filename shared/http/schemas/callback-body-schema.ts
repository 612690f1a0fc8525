import * as z from 'zod';
import { cloudEventSchema } from './cloud-event-schema.ts';

const id = z.string().nullish();
const callLegId = id.describe(
  'The call leg that the event is about; some types have it in the subject only.',
);
const conversationId = id.describe('The conversation, base64url of a URL; null until it is known.');
const operationContext = id.describe('As given in the request.');
const status = z
  .string()
  .describe('NotStarted, Running, Completed or Failed; a cancelled one is Completed too.');
const resultInfo = z
  .looseObject({
    Code: z.int().nullish().describe('HTTP-like code.'),
    Subcode: z.int().nullish().describe('Tells more; 8508 means cancelled.'),
    Message: id.describe('In words.'),
  })
  .nullish()
  .describe('How it went; null while it runs, and sometimes after.');

const identifier = z
  .looseObject({
    RawId: id.describe('The identity as one text; made from the other members where it is missing.'),
    CommunicationUser: z
      .looseObject({ Id: z.string().describe('8:acs:…') })
      .nullish()
      .describe('A user of ACS.'),
    PhoneNumber: z
      .looseObject({ Value: z.string().describe('In E.164.') })
      .nullish()
      .describe('A telephone.'),
    MicrosoftTeamsUser: z
      .looseObject({ UserId: z.string().describe('Its id.') })
      .nullish()
      .describe('A Teams user.'),
  })
  .describe('Who somebody is: one of the members is set.');

const participant = z
  .looseObject({
    Identifier: identifier,
    ParticipantId: id.describe('One endpoint of that identity.'),
    IsMuted: z.boolean().nullish().describe('Whether they are muted.'),
  })
  .describe('Somebody on the call.');

/** What each known event type holds in `data`, as it comes from ACS. */
const DATA = {
  CallLegStateChanged: {
    CallState: z.string().describe('Establishing, Established, Terminating or Terminated.'),
    ConversationId: conversationId,
    CallLegId: callLegId,
  },
  DtmfReceived: {
    ToneInfo: z
      .looseObject({
        SequenceId: z.int().min(0).describe('Its place among the tones of the call.'),
        Tone: z.string().describe('Tone0 to Tone9, Star, Pound, A to D or Flash.'),
      })
      .describe('The key that was pressed.'),
    CallLegId: callLegId,
  },
  PlayAudioResult: {
    ResultInfo: resultInfo,
    OperationContext: operationContext,
    Status: status,
    CallLegId: callLegId,
  },
  InviteParticipantResult: {
    ResultInfo: resultInfo,
    OperationContext: operationContext,
    Status: status,
    CallLegId: callLegId,
    Participants: z.array(identifier).nullish().describe('Whom it is about.'),
  },
  ParticipantsUpdated: {
    CallLegId: callLegId,
    Participants: z.array(participant).describe('Everybody on the call.'),
  },
  CallRecordingStateChanged: {
    RecordingId: z.string().describe('Names the recording.'),
    State: z.string().describe('Active or Inactive.'),
    StartDateTime: id.describe('When it was started, ISO 8601.'),
    ConversationId: conversationId,
  },
} as const;

/** Where the types of the known events begin. */
const NAMESPACE = 'Microsoft.Communication.';

function envelope(eventType: z.ZodType<string>, data: z.ZodType) {
  return z.looseObject({
    id: id.describe("The sender's id of the event; null for most types."),
    subject: id.describe('callLeg/{callLegId}/{aspect}'),
    eventType: eventType.describe('The type, in any case.'),
    eventTime: z.string().describe('When it happened, ISO 8601; seven fraction digits count.'),
    data: data.describe('What happened; keys may begin with a capital or not.'),
  });
}

/** The event types of the 2021-04 preview by their full name, each as it comes from ACS. */
export const WIRE_EVENTS: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries(DATA).map(([type, members]) => [
    type,
    envelope(z.literal(`${NAMESPACE}${type}`), z.looseObject(members)).describe(
      `An event of the type ${NAMESPACE}${type}, as the 2021-04 preview sends it.`,
    ),
  ]),
);

/** Types that Ringback does not know are journalled as they came. */
export const otherEventSchema = envelope(z.string(), z.looseObject({})).describe(
  'An event of another type in the envelope of 2021-04: it is kept in the journal as it came.',
);

const eventSchema = z.union([...Object.values(WIRE_EVENTS), otherEventSchema, cloudEventSchema]);

/** The body of a callback. */
export const callbackBodySchema = z
  .union([eventSchema, z.array(eventSchema).min(1).max(1000)])
  .describe('One event, or an array of 1 to 1,000 events, of one or of many calls.');

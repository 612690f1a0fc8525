import * as z from 'zod';

const text = z.string().nullish();

/** An event of GA, or of the previews from 2021-06 on: which one it is, its type tells. */
export const cloudEventSchema = z
  .looseObject({
    id: text.describe("The sender's id of the event: unique within its source."),
    source: text.describe('calling/callConnections/{callConnectionId}, and perhaps what of it.'),
    subject: text.describe('The same as the source.'),
    type: z
      .string()
      .describe(
        'Microsoft.Communication. and the name of the event, in any case: of GA (CallConnected, PlayCompleted, ' +
          'RecognizeFailed…), or of the previews (CallConnectionStateChanged, PlayAudioResult…).',
      ),
    time: z.string().describe('When it happened, ISO 8601; seven fraction digits count.'),
    data: z
      .looseObject({ callConnectionId: text.describe('The call that the event is about.') })
      .nullish()
      .describe('What happened; keys may begin with a capital or not.'),
  })
  .describe(
    'An event as a CloudEvent 1.0: of GA Call Automation, or of the previews from 2021-06 to 2021-11.',
  );

/** An event in Event Grid's own schema. */
export const eventGridEventSchema = z
  .looseObject({
    id: z.string().describe('Unique within its topic.'),
    topic: text.describe('The resource that the event comes from.'),
    subject: text.describe('What it is about.'),
    eventType: z
      .string()
      .describe(
        'Microsoft.Communication. and IncomingCall, CallStarted, CallEnded, CallParticipantAdded, ' +
          'CallParticipantRemoved or RecordingFileStatusUpdated; or the handshake of Event Grid.',
      ),
    eventTime: z.string().describe('When it happened, ISO 8601.'),
    data: z.looseObject({}).nullish().describe('What happened.'),
  })
  .describe("An event in Event Grid's own schema.");

const delivered = z.union([eventGridEventSchema, cloudEventSchema]);

/** The body of a delivery of Event Grid. */
export const eventGridBodySchema = z
  .union([delivered, z.array(delivered).min(1).max(1000)])
  .describe("One event, or an array of 1 to 1,000 events, in Event Grid's own schema or as CloudEvents.");

import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import { cloudEventOr } from '../cloud-event.ts';
import { identifier, optionalIdentifier } from '../identifier.ts';
import { type Envelope, isObject } from '../read-event.ts';
import {
  cutText,
  message,
  optionalFlag,
  optionalInteger,
  optionalNumber,
  optionalText,
  optionalTime,
  path,
  text,
  time,
} from '../wire-values.ts';

/** Around an event in Event Grid's own schema. The topic stands for what a CloudEvent calls its source. */
const ownEnvelope = lazily(
  (): z.ZodType<Envelope> =>
    z
      .object({
        id: text(),
        topic: path(),
        subject: path(),
        eventType: text(),
        eventTime: time(),
        data: z.unknown().optional(),
      })
      .transform(({ id, topic, eventType, eventTime, data }) => ({
        wireType: eventType,
        eventId: `${topic ?? ''}\n${id}`,
        at: eventTime,
        data,
        paths: [],
      })),
);

/** Around an event in either schema; one event has one identity in both. */
export const envelopeSchema = lazily(
  (): z.ZodType<Envelope> =>
    cloudEventOr(ownEnvelope).transform(envelope => ({
      ...envelope,
      paths: [],
    })),
);

/** Who somebody is stands in a member of its own, beside their role; of a part of Microsoft's own it says nothing. */
const somebody = lazily(() =>
  z
    .preprocess(
      value =>
        isObject(value) && 'communicationIdentifier' in value ? value['communicationIdentifier'] : value,
      optionalIdentifier(),
    )
    .catch(null),
);

/** What every event about a call has. */
export const callMembers = lazily(() =>
  z.object({
    serverCallId: optionalText(),
    correlationId: optionalText(),
    startedBy: somebody(),
    group: z.object({ id: optionalText() }).nullish().catch(null),
    isTwoParty: optionalFlag().catch(null),
    isRoomsCall: optionalFlag().catch(null),
    /** Of the event: it names the call as well. */
    subject: path(),
  }),
);

export const callEndedSchema = lazily(() =>
  callMembers().extend({
    endedBy: z.object({ communicationIdentifier: somebody(), kind: optionalText() }).nullish().catch(null),
    reason: z
      .object({ code: optionalInteger(), subCode: optionalInteger(), phrase: message() })
      .nullish()
      .catch(null),
    callDurationInSeconds: optionalNumber(),
    /** Its older name. */
    durationOfCall: optionalNumber(),
  }),
);

export const participantSchema = lazily(() =>
  callMembers().extend({
    user: somebody(),
    participantId: optionalText(),
    displayName: cutText().catch(null),
    userAgent: cutText().catch(null),
    /** Its older name. */
    endpointType: cutText().catch(null),
  }),
);

/** An opaque token of some kilobytes. */
const incomingCallContext = lazily(() => z.string().min(1).max(16_384));

/** What a header says: a relay may write one that looks like a number as a number. */
const headerValue = lazily(() =>
  z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]),
);

/** Headers that the far side chose; one without a value that can be read is none. */
const headers = lazily(() =>
  z
    .record(z.string(), z.unknown())
    .nullish()
    .catch(null)
    .transform(value =>
      Object.fromEntries(
        Object.entries(value ?? {}).flatMap(([name, told]) => {
          const read = headerValue().safeParse(told);
          return read.success ? [[name, read.data] as const] : [];
        }),
      ),
    ),
);

/** It rings for half a minute: what is odd beside the called and the context does not keep it from being answered. */
export const incomingCallSchema = lazily(() =>
  z.object({
    to: identifier(),
    from: optionalIdentifier().catch(null),
    onBehalfOfCallee: optionalIdentifier().catch(null),
    serverCallId: optionalText(),
    correlationId: optionalText(),
    callerDisplayName: cutText().catch(null),
    incomingCallContext: incomingCallContext(),
    customContext: z.object({ sipHeaders: headers(), voipHeaders: headers() }).nullish().catch(null),
  }),
);

const recordingChunk = lazily(() =>
  z.object({
    documentId: text(),
    index: optionalInteger(),
    endReason: optionalText(),
    contentLocation: path(),
    metadataLocation: path(),
    deleteLocation: path(),
  }),
);

export const recordingFileSchema = lazily(() =>
  z.object({
    /** Of the event: it alone names the call and the recording. */
    subject: z
      .string()
      .max(4096)
      .regex(/recordingId\/[^/]+/i, 'expected …/serverCallId/{id}/recordingId/{id}'),
    recordingStorageInfo: z.object({ recordingChunks: z.array(recordingChunk()).nullish() }).nullish(),
    recordingStartTime: optionalTime(),
    recordingDurationMs: optionalNumber(),
    recordingContentType: optionalText(),
    recordingChannelType: optionalText(),
    recordingFormatType: optionalText(),
    sessionEndReason: optionalText(),
  }),
);

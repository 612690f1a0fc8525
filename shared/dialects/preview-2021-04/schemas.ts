import * as z from 'zod';
import { lazily } from '../../lazily.ts';
import { identifier } from '../identifier.ts';
import { namedEntries } from '../named-entries.ts';
import type { Envelope } from '../read-event.ts';
import {
  flag,
  integer,
  optionalText,
  optionalTime,
  path,
  recordingState,
  resultInfo,
  text,
  time,
} from '../wire-values.ts';

/** Around every event of this preview: the Event Grid schema, with most of its members null. */
export const envelopeSchema = lazily(
  (): z.ZodType<Envelope> =>
    z
      .object({
        /** Null in all samples but those of InviteParticipantResult. */
        id: z.union([optionalText(), z.number().transform(String)]),
        subject: path(),
        eventType: text(),
        eventTime: time(),
        data: z.unknown().optional(),
      })
      .transform(({ id, subject, eventType, eventTime, data }) => ({
        wireType: eventType,
        eventId: id,
        at: eventTime,
        data,
        paths: [subject],
      })),
);

/** As in REST answers: notStarted, running, completed, failed; the samples write them with a capital. */
const status = lazily(() =>
  z
    .string()
    .transform(value => value.toLowerCase())
    .pipe(z.enum(['notstarted', 'running', 'completed', 'failed', 'cancelled', 'canceled'])),
);

export const callLegStateChangedSchema = lazily(() =>
  z.object({
    conversationId: optionalText(),
    callState: text(),
  }),
);

export const dtmfReceivedSchema = lazily(() =>
  z.object({
    toneInfo: z.object({ sequenceId: integer().pipe(z.int().min(0)), tone: text() }),
  }),
);

export const playAudioResultSchema = lazily(() =>
  z.object({
    resultInfo: resultInfo(),
    operationContext: optionalText(),
    status: status(),
  }),
);

export const inviteParticipantResultSchema = lazily(() =>
  z.object({
    resultInfo: resultInfo(),
    operationContext: optionalText(),
    status: status(),
    participants: namedEntries(identifier())
      .nullish()
      .transform(value => value?.entries ?? []),
  }),
);

export const participantsUpdatedSchema = lazily(() =>
  z.object({
    participants: namedEntries(
      z.object({ identifier: identifier(), participantId: optionalText(), isMuted: flag() }),
    ),
  }),
);

export const callRecordingStateChangedSchema = lazily(() =>
  z.object({
    recordingId: text(),
    state: recordingState(),
    startDateTime: optionalTime(),
    conversationId: optionalText(),
  }),
);

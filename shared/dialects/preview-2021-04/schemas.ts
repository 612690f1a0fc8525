import * as z from 'zod';
import { parseEventTime } from '../parse-event-time.ts';

/** Ids and names that ACS makes; the bound only keeps nonsense out of keys and rows. */
const text = z.string().min(1).max(1024);

/** A number, which some serialisers of the time wrote as text. */
const integer = z.union(
  [
    z.int(),
    z
      .string()
      .regex(/^-?\d{1,9}$/)
      .transform(Number),
  ],
  'expected a whole number',
);

const time = z.string().transform((value, context) => {
  const at = parseEventTime(value);
  if (at === undefined) {
    context.addIssue({
      code: 'custom',
      message: 'expected an ISO 8601 date-time, such as 2021-05-05T20:08:39.0157964Z',
    });
    return z.NEVER;
  }
  return at;
});

/** Text that may be missing, null or empty, which are one: an application without an operationContext sends any of them. */
const optionalText = z
  .string()
  .max(1024)
  .nullish()
  .transform(value => (value ? value : null));

/** Around every event of this preview: the Event Grid schema, with most of its members null. */
export const envelopeSchema = z.object({
  /** Null in all samples but those of InviteParticipantResult. */
  id: z.union([optionalText, z.number().transform(String)]),
  subject: z
    .string()
    .max(4096)
    .nullish()
    .transform(value => value ?? null),
  eventType: text,
  eventTime: time,
  /** Read by the type's own schema: of a type that is not known it may be anything. */
  data: z.unknown().optional(),
});

/** A message is for people, and is kept in the call's state: what is longer is cut. */
const MESSAGE_CHARACTERS = 1024;

const resultInfo = z
  .object({
    code: integer.nullish().transform(value => value ?? null),
    subcode: integer.nullish().transform(value => value ?? null),
    message: z
      .string()
      .nullish()
      .transform(value => value?.slice(0, MESSAGE_CHARACTERS) ?? null),
  })
  .nullish()
  .transform(value => value ?? null);

/** As in REST answers: notStarted, running, completed, failed; the samples write them with a capital. */
const status = z
  .string()
  .transform(value => value.toLowerCase())
  .pipe(z.enum(['notstarted', 'running', 'completed', 'failed', 'cancelled', 'canceled']));

/** One of the members is set, the others are null; rawId came with every sample, and the swagger calls it optional. */
const identifier = z
  .object({
    rawId: optionalText,
    communicationUser: z.object({ id: text }).nullish(),
    phoneNumber: z.object({ value: text }).nullish(),
    microsoftTeamsUser: z
      .object({ userId: text, isAnonymous: z.boolean().nullish(), cloud: z.string().nullish() })
      .nullish(),
  })
  .transform((value, context) => {
    const rawId = rawIdOf(value);
    if (rawId !== undefined) return rawId;
    context.addIssue({
      code: 'custom',
      message: 'expected a rawId, or one of communicationUser, phoneNumber, microsoftTeamsUser',
    });
    return z.NEVER;
  });

export const callLegStateChangedSchema = z.object({
  conversationId: optionalText,
  callState: text,
});

export const dtmfReceivedSchema = z.object({
  toneInfo: z.object({ sequenceId: integer.pipe(z.int().min(0)), tone: text }),
});

export const playAudioResultSchema = z.object({
  resultInfo,
  operationContext: optionalText,
  status,
});

export const inviteParticipantResultSchema = z.object({
  resultInfo,
  operationContext: optionalText,
  status,
  participants: z
    .array(identifier)
    .nullish()
    .transform(value => value ?? []),
});

export const participantsUpdatedSchema = z.object({
  participants: z.array(
    z.object({
      identifier,
      participantId: optionalText,
      isMuted: z
        .boolean()
        .nullish()
        .transform(value => value ?? false),
    }),
  ),
});

export const callRecordingStateChangedSchema = z.object({
  recordingId: text,
  state: z
    .string()
    .transform(value => value.toLowerCase())
    .pipe(z.enum(['active', 'inactive'])),
  startDateTime: time.nullish().transform(value => value ?? null),
  conversationId: optionalText,
});

interface Identifier {
  readonly rawId: string | null;
  readonly communicationUser?: { readonly id: string } | null | undefined;
  readonly phoneNumber?: { readonly value: string } | null | undefined;
  readonly microsoftTeamsUser?:
    | {
        readonly userId: string;
        readonly isAnonymous?: boolean | null | undefined;
        readonly cloud?: string | null | undefined;
      }
    | null
    | undefined;
}

/** Without a rawId, the one that the SDKs of ACS make from the other members. */
function rawIdOf({
  rawId,
  communicationUser,
  phoneNumber,
  microsoftTeamsUser,
}: Identifier): string | undefined {
  if (rawId !== null) return rawId;
  if (communicationUser) return communicationUser.id;
  if (phoneNumber) return `4:${phoneNumber.value}`;
  if (!microsoftTeamsUser) return undefined;
  if (microsoftTeamsUser.isAnonymous) return `8:teamsvisitor:${microsoftTeamsUser.userId}`;
  return `8:${cloudPrefix(microsoftTeamsUser.cloud)}:${microsoftTeamsUser.userId}`;
}

function cloudPrefix(cloud: string | null | undefined): string {
  const name = cloud?.toLowerCase();
  return name === 'dod' || name === 'gcch' ? name : 'orgid';
}

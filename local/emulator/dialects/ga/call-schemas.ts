import * as z from 'zod';
import type { StreamKind } from '../../core/media-streams.ts';
import { callbackUri, operationContext, operationMembers } from './common-members.ts';
import { identifierSchema, phoneNumberSchema } from './identifiers.ts';

const lineSchema = phoneNumberSchema.nullish().transform(value => value?.value);
const userSchema = z.object({ id: z.string().startsWith('8:').max(256) }).nullish();

/** What is sent out of the call from the beginning, when it says so. */
const streamMembers = {
  mediaStreamingOptions: z.object({ startMediaStreaming: z.boolean().nullish() }).nullish(),
  transcriptionOptions: z.object({ startTranscription: z.boolean().nullish() }).nullish(),
};

const legMembers = { callbackUri, operationContext, ...streamMembers };

const needsLine = 'expected the number to call from, since a participant is a telephone number';

/** A telephone number is only called from a number. */
export const createCallSchema = z
  .object({
    ...legMembers,
    targets: z.array(identifierSchema).min(1),
    sourceCallerIdNumber: lineSchema,
    sourceDisplayName: z.string().max(256).nullish(),
    source: userSchema,
  })
  .refine(
    ({ targets, sourceCallerIdNumber }) =>
      sourceCallerIdNumber !== undefined || targets.every(({ kind }) => kind !== 'phone'),
    { path: ['sourceCallerIdNumber'], message: needsLine },
  );

const incomingCallContext = z.string().min(1).max(16_384);

export const answerCallSchema = z.object({ ...legMembers, incomingCallContext, answeredBy: userSchema });

export const rejectCallSchema = z.object({
  incomingCallContext,
  callRejectReason: z.enum(['none', 'busy', 'forbidden']).nullish(),
});

export const redirectCallSchema = z.object({ incomingCallContext, target: identifierSchema });

/** Which call, by one of the names that it may have. */
export const callLocatorSchema = z
  .object({
    kind: z.enum(['serverCallLocator', 'groupCallLocator', 'roomCallLocator']).nullish(),
    serverCallId: z.string().min(1).nullish(),
    groupCallId: z.string().min(1).nullish(),
    roomId: z.string().min(1).nullish(),
  })
  .transform(({ serverCallId, groupCallId, roomId }, context): string => {
    const id = serverCallId ?? groupCallId ?? roomId;
    if (id != null) return id;
    context.addIssue({ code: 'custom', message: 'expected serverCallId, groupCallId or roomId' });
    return z.NEVER;
  });

export const connectSchema = z.object({ ...legMembers, callLocator: callLocatorSchema });

export const transferSchema = z.object({
  ...operationMembers,
  targetParticipant: identifierSchema,
  transferee: identifierSchema.nullish(),
  sourceCallerIdNumber: lineSchema,
});

export const addParticipantSchema = z
  .object({
    ...operationMembers,
    participantToAdd: identifierSchema,
    sourceCallerIdNumber: lineSchema,
    invitationTimeoutInSeconds: z.int().min(1).max(180).nullish(),
  })
  .refine(
    ({ participantToAdd, sourceCallerIdNumber }) =>
      sourceCallerIdNumber !== undefined || participantToAdd.kind !== 'phone',
    { path: ['sourceCallerIdNumber'], message: needsLine },
  );

export const removeParticipantSchema = z.object({
  ...operationMembers,
  participantToRemove: identifierSchema,
});

export const cancelAddSchema = z.object({ ...operationMembers, invitationId: z.string().min(1) });

export const muteSchema = z.object({
  operationContext,
  targetParticipants: z.tuple([identifierSchema]),
});

export const moveSchema = z.object({
  ...operationMembers,
  targetParticipants: z.array(identifierSchema).min(1),
  fromCall: z.string().min(1),
});

/** What a request wants to be sent out of the call from its beginning. */
export function streamsOf(body: {
  readonly mediaStreamingOptions?:
    | { readonly startMediaStreaming?: boolean | null | undefined }
    | null
    | undefined;
  readonly transcriptionOptions?:
    | { readonly startTranscription?: boolean | null | undefined }
    | null
    | undefined;
}): StreamKind[] {
  return [
    ...(body.mediaStreamingOptions?.startMediaStreaming ? (['mediaStreaming'] as const) : []),
    ...(body.transcriptionOptions?.startTranscription ? (['transcription'] as const) : []),
  ];
}

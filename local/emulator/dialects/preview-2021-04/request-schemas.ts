import * as z from 'zod';
import { alternateIdentitySchema, identifierSchema } from './identifiers.ts';

const callbackUri = z.url({ protocol: /^https?$/, error: 'expected an http(s) URL' }).max(2048);
const operationContext = z
  .string()
  .max(1024)
  .nullish()
  .transform(value => value ?? null);
const optionalUri = callbackUri.nullish().transform(value => value ?? undefined);
const alternateId = alternateIdentitySchema.nullish().transform(value => value?.value);

const leg = {
  source: identifierSchema,
  callbackUri,
  requestedModalities: z.array(z.enum(['audio', 'video'])).min(1),
  requestedCallEvents: z.array(z.enum(['participantsUpdated', 'dtmfReceived'])),
  subject: z.string().nullish(),
};

const needsLine = 'expected the number to call from, since a participant is a telephone number';

/** A telephone number is only called from a number. */
export const createCallSchema = z
  .object({ ...leg, targets: z.array(identifierSchema).min(1), sourceAlternateIdentity: alternateId })
  .refine(
    ({ targets, sourceAlternateIdentity }) =>
      sourceAlternateIdentity !== undefined || targets.every(({ kind }) => kind !== 'phone'),
    { path: ['sourceAlternateIdentity'], message: needsLine },
  );

export const joinCallSchema = z.object(leg);

/** The swagger's audioFileId is the resourceId of the overview page; neither changes what is heard. */
export const playAudioSchema = z.object({
  audioFileUri: z.url({ error: 'expected a URL' }).max(4096),
  loop: z
    .boolean()
    .nullish()
    .transform(value => value ?? false),
  operationContext,
  audioFileId: z.string().nullish(),
  resourceId: z.string().nullish(),
  callbackUri: optionalUri,
});

/** The whole body may be missing: the versions before have none. */
export const cancelMediaSchema = z.object({ operationContext });

export const inviteParticipantsSchema = z
  .object({
    participants: z.array(identifierSchema).min(1),
    alternateCallerId: alternateId,
    operationContext,
    callbackUri: optionalUri,
  })
  .refine(
    ({ participants, alternateCallerId }) =>
      alternateCallerId !== undefined || participants.every(({ kind }) => kind !== 'phone'),
    { path: ['alternateCallerId'], message: needsLine },
  );

import * as z from 'zod';
import type { PromptSource } from '../../core/prompt-source.ts';
import { operationMembers } from './common-members.ts';
import { identifierSchema } from './identifiers.ts';
import { keyNamed } from './tones.ts';

const flag = z
  .boolean()
  .nullish()
  .transform(value => value ?? false);

const keySchema = z.string().transform((name, context) => {
  const key = keyNamed(name);
  if (key !== undefined) return key;
  context.addIssue({ code: 'custom', message: 'expected zero to nine, a to d, pound or asterisk' });
  return z.NEVER;
});

const playSourceSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('file'),
      file: z.object({ uri: z.url({ error: 'expected a URL' }).max(4096) }),
    }),
    z.object({ kind: z.literal('text'), text: z.object({ text: z.string().min(1).max(10_000) }) }),
    z.object({ kind: z.literal('ssml'), ssml: z.object({ ssmlText: z.string().min(1).max(20_000) }) }),
  ])
  .transform((source): PromptSource => {
    if (source.kind === 'file') return { kind: 'file', uri: source.file.uri };
    if (source.kind === 'text') return { kind: 'text', text: source.text.text };
    return { kind: 'ssml', ssml: source.ssml.ssmlText };
  });

export const playSchema = z.object({
  ...operationMembers,
  playSources: z.array(playSourceSchema).min(1).max(10),
  playTo: z
    .array(identifierSchema)
    .nullish()
    .transform(value => value ?? []),
  interruptCallMediaOperation: flag,
  playOptions: z.object({ loop: flag }).nullish(),
});

const seconds = (least: number, most: number) => z.number().min(least).max(most).nullish();

const dtmfOptions = z.object({
  interToneTimeoutInSeconds: seconds(1, 60),
  maxTonesToCollect: z.int().min(1).max(100).nullish(),
  stopTones: z.array(keySchema).nullish(),
});

const choice = z.object({
  label: z.string().min(1).max(1_024),
  phrases: z.array(z.string().min(1)).min(1),
  tone: keySchema.nullish(),
});

const recognizeOptions = z.object({
  targetParticipant: identifierSchema,
  interruptPrompt: flag,
  initialSilenceTimeoutInSeconds: seconds(0, 300),
  dtmfOptions: dtmfOptions.nullish(),
  choices: z.array(choice).max(100).nullish(),
  speechOptions: z.object({ endSilenceTimeoutInMs: z.number().min(0).max(60_000).nullish() }).nullish(),
});

/** Choices are needed for choosing, and for nothing else. */
export const recognizeSchema = z
  .object({
    ...operationMembers,
    recognizeInputType: z.enum(['dtmf', 'speech', 'speechOrDtmf', 'choices']),
    playPrompt: playSourceSchema.nullish(),
    playPrompts: z.array(playSourceSchema).max(10).nullish(),
    interruptCallMediaOperation: flag,
    recognizeOptions,
  })
  .refine(
    ({ recognizeInputType, recognizeOptions: { choices } }) =>
      recognizeInputType !== 'choices' || (choices ?? []).length > 0,
    { path: ['recognizeOptions', 'choices'], message: 'expected at least one choice' },
  );

/** Whom an operation is about. */
export const targetSchema = z.object({ ...operationMembers, targetParticipant: identifierSchema });

export const holdSchema = targetSchema.extend({ playSourceInfo: playSourceSchema.nullish() });

export const sendTonesSchema = targetSchema.extend({ tones: z.array(keySchema).min(1).max(18) });

export const streamSchema = z.object({ ...operationMembers, locale: z.string().nullish() });

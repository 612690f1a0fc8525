import * as z from 'zod';
import type { CollectedInput, EventPayload } from '../../domain/call-event.ts';
import { lazily } from '../../lazily.ts';
import { toneNamed } from '../tone-named.ts';
import { message, optionalNumber, optionalText } from '../wire-values.ts';
import { operationPayload, operationSchema } from './operations.ts';

/** A key, by the name that GA gives it. */
export const toneName = lazily(() =>
  z.string().transform((wire, context) => {
    const tone = toneNamed(wire);
    if (tone !== undefined) return tone;
    context.addIssue({ code: 'custom', message: 'expected zero to nine, a to d, pound or asterisk' });
    return z.NEVER;
  }),
);

const tonesResult = lazily(() => z.object({ tones: z.array(toneName()).max(1_000).nullish() }).nullish());

const schema = lazily(() =>
  z.looseObject({
    ...operationSchema().shape,
    recognitionType: optionalText(),
    dtmfResult: tonesResult(),
    /** Its name in 2022. */
    collectTonesResult: tonesResult(),
    choiceResult: z
      .object({
        label: z.string().max(1_024).nullish(),
        recognizedPhrase: message(),
        confidence: optionalNumber(),
      })
      .nullish(),
    speechResult: z.object({ speech: message(), confidence: optionalNumber() }).nullish(),
  }),
);

type Recognized = z.output<ReturnType<typeof schema>>;

/** Somebody pressed or said what they were asked for. */
export const recognizeCompleted = lazily(() =>
  schema().transform((data): EventPayload => operationPayload('input.collected', data, inputOf(data))),
);

function inputOf(data: Recognized): CollectedInput | undefined {
  const inputs = [tonesOf(data), choiceOf(data), speechOf(data)].filter(input => input !== undefined);
  const kind = KINDS.get(data.recognitionType?.toLowerCase() ?? '');
  return inputs.find(input => input.kind === kind) ?? inputs[0];
}

const KINDS: ReadonlyMap<string, CollectedInput['kind']> = new Map([
  ['dtmf', 'tones'],
  ['choices', 'choice'],
  ['speech', 'speech'],
]);

function tonesOf({ dtmfResult, collectTonesResult }: Recognized): CollectedInput | undefined {
  const tones = dtmfResult?.tones ?? collectTonesResult?.tones;
  return tones == null ? undefined : { kind: 'tones', tones };
}

function choiceOf({ choiceResult }: Recognized): CollectedInput | undefined {
  const { label, recognizedPhrase = null, confidence = null } = choiceResult ?? {};
  if (label == null) return undefined;
  return { kind: 'choice', label, phrase: recognizedPhrase, confidence };
}

function speechOf({ speechResult }: Recognized): CollectedInput | undefined {
  if (speechResult == null) return undefined;
  return { kind: 'speech', speech: speechResult.speech ?? '', confidence: speechResult.confidence };
}

import type {
  CallMediaRecognizeChoiceOptions,
  CallMediaRecognizeDtmfOptions,
  CallMediaRecognizeSpeechOptions,
  CallMediaRecognizeSpeechOrDtmfOptions,
  DtmfTone,
} from '@azure/communication-call-automation';
import type { SpecOf } from '../vocabulary/action-schema.ts';

/** What the SDK is told of a recognition. */
type RecognizeOptions =
  | CallMediaRecognizeChoiceOptions
  | CallMediaRecognizeDtmfOptions
  | CallMediaRecognizeSpeechOptions
  | CallMediaRecognizeSpeechOrDtmfOptions;

type Spec = SpecOf<'recognize'>;

/** The options of a recognition, with the prompt as the SDK has it. */
export function recognizeOptions(
  spec: Spec,
  playPrompt: RecognizeOptions['playPrompt'],
  operationContext: string,
): RecognizeOptions {
  const { interruptPrompt, initialSilenceSeconds, language } = spec;
  const common = {
    interruptPrompt,
    initialSilenceTimeoutInSeconds: initialSilenceSeconds,
    operationContext,
    ...(playPrompt && { playPrompt }),
  };
  const spoken = language === undefined ? common : { ...common, speechLanguage: language };
  switch (spec.input) {
    case 'tones':
      return { kind: 'callMediaRecognizeDtmfOptions', ...common, ...tonesOf(spec) };
    case 'choices':
      return { kind: 'callMediaRecognizeChoiceOptions', ...spoken, choices: choicesOf(spec) };
    case 'speech':
      return { kind: 'callMediaRecognizeSpeechOptions', ...spoken, ...silenceOf(spec) };
    case 'speechOrTones':
      return {
        kind: 'callMediaRecognizeSpeechOrDtmfOptions',
        ...spoken,
        ...tonesOf(spec),
        ...silenceOf(spec),
      };
  }
}

function tonesOf({ maxTones, interToneSeconds, stopTones }: Spec) {
  return {
    interToneTimeoutInSeconds: interToneSeconds,
    ...(maxTones !== undefined && { maxTonesToCollect: maxTones }),
    ...(stopTones && { stopDtmfTones: stopTones as DtmfTone[] }),
  };
}

function silenceOf({ endSilenceSeconds }: Spec) {
  return { endSilenceTimeoutInSeconds: endSilenceSeconds };
}

function choicesOf({ choices = [] }: Spec): CallMediaRecognizeChoiceOptions['choices'] {
  return choices.map(({ label, phrases, tone }) => ({
    label,
    phrases,
    ...(tone && { tone: tone as DtmfTone }),
  }));
}

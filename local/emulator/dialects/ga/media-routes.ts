import type * as z from 'zod';
import type { CallLeg } from '../../core/call-leg.ts';
import type { StreamKind } from '../../core/media-streams.ts';
import type { RecognizeRequest } from '../../core/recognize-job.ts';
import type { Result } from '../../core/refusal.ts';
import type { AcsRoute, Answer } from '../emulated-dialect.ts';
import { callIdOf, callSubject, type Operation, type OperationCall } from '../operation.ts';
import { operationOf } from './common-members.ts';
import type { GaRefusal } from './error-answer.ts';
import {
  holdSchema,
  playSchema,
  recognizeSchema,
  sendTonesSchema,
  streamSchema,
  targetSchema,
} from './media-schemas.ts';
import { answerTo, noBody, toRoute } from './operation.ts';

const DEFAULT_INITIAL_SILENCE_SECONDS = 5;
const DEFAULT_INTER_TONE_SECONDS = 2;
const DEFAULT_END_SILENCE_MS = 500;

const OK: Answer = { status: 200 };
const ACCEPTED: Answer = { status: 202 };

interface MediaOperation<Body> extends Pick<Operation<Body>, 'operation' | 'schema' | 'isRepeatable'> {
  readonly verb: string;
  readonly answer: Answer | ((body: NoInfer<Body>) => Answer);
  control(call: OperationCall<NoInfer<Body>> & { readonly callId: string }): Result<CallLeg, GaRefusal>;
}

/** A verb on a call. */
function mediaRoute<Body extends { readonly operationContext?: string | null } | null>({
  verb,
  answer,
  control,
  ...operation
}: MediaOperation<Body>): AcsRoute {
  return toRoute<Body>({
    ...operation,
    method: 'POST',
    path: `calling/callConnections/{callId}:${verb}`,
    subject: callSubject,
    perform: call =>
      answerTo(control({ ...call, callId: callIdOf(call.params) }), ({ leg }) => ({
        leg,
        answer: typeof answer === 'function' ? answer(call.body) : answer,
      })),
  });
}

const play = mediaRoute({
  verb: 'play',
  operation: 'play',
  schema: playSchema,
  answer: ACCEPTED,
  control: ({ exchange, callId, body }) =>
    exchange.control.play(callId, {
      sources: body.playSources,
      loop: body.playOptions?.loop ?? false,
      to: body.playTo,
      interrupts: body.interruptCallMediaOperation,
      ...operationOf(body),
    }),
});

const recognize = mediaRoute({
  verb: 'recognize',
  operation: 'recognize',
  schema: recognizeSchema,
  answer: ACCEPTED,
  control: ({ exchange, callId, body }) => exchange.control.recognize(callId, recognizeRequest(body)),
});

function recognizeRequest(body: z.output<typeof recognizeSchema>): RecognizeRequest {
  const { recognizeInputType: type, recognizeOptions: options, playPrompt, playPrompts } = body;
  const { interToneTimeoutInSeconds, maxTonesToCollect, stopTones } = options.dtmfOptions ?? {};
  const takesTones = type === 'dtmf' || type === 'speechOrDtmf';
  const takesSpeech = type === 'speech' || type === 'speechOrDtmf';
  const endSilenceMs = options.speechOptions?.endSilenceTimeoutInMs ?? DEFAULT_END_SILENCE_MS;
  return {
    prompts: playPrompts ?? (playPrompt ? [playPrompt] : []),
    target: options.targetParticipant,
    interruptPrompt: options.interruptPrompt,
    interrupts: body.interruptCallMediaOperation,
    initialSilenceSeconds: options.initialSilenceTimeoutInSeconds ?? DEFAULT_INITIAL_SILENCE_SECONDS,
    tones: takesTones
      ? {
          interToneSeconds: interToneTimeoutInSeconds ?? DEFAULT_INTER_TONE_SECONDS,
          most: maxTonesToCollect ?? undefined,
          stopKeys: stopTones ?? [],
        }
      : undefined,
    choices:
      type === 'choices'
        ? (options.choices ?? []).map(({ tone, ...choice }) => ({ ...choice, key: tone ?? undefined }))
        : [],
    speech: takesSpeech ? { endSilenceSeconds: endSilenceMs / 1000 } : undefined,
    ...operationOf(body),
  };
}

const cancelMedia = mediaRoute({
  verb: 'cancelAllMediaOperations',
  operation: 'cancelMedia',
  schema: noBody,
  answer: ACCEPTED,
  control({ exchange, callId }) {
    const result = exchange.cancelMedia(callId, null);
    return result.ok ? { ok: true, value: result.value.leg } : result;
  },
});

const TONES: readonly AcsRoute[] = [
  mediaRoute({
    verb: 'startContinuousDtmfRecognition',
    operation: 'startContinuousDtmf',
    schema: targetSchema,
    answer: OK,
    control: ({ exchange, callId, body }) =>
      exchange.control.listen(callId, body.targetParticipant, operationOf(body)),
  }),
  mediaRoute({
    verb: 'stopContinuousDtmfRecognition',
    operation: 'stopContinuousDtmf',
    schema: targetSchema,
    answer: OK,
    control: ({ exchange, callId, body }) =>
      exchange.control.stopListening(callId, body.targetParticipant, operationOf(body)),
  }),
  mediaRoute({
    verb: 'sendDtmfTones',
    operation: 'sendDtmf',
    isRepeatable: true,
    schema: sendTonesSchema,
    answer: ({ operationContext }) => ({ status: 202, body: { operationContext } }),
    control: ({ exchange, callId, body }) =>
      exchange.control.sendTones(callId, body.targetParticipant, { ...operationOf(body), keys: body.tones }),
  }),
];

const HOLDING: readonly AcsRoute[] = [
  mediaRoute({
    verb: 'hold',
    operation: 'hold',
    schema: holdSchema,
    answer: OK,
    control: ({ exchange, callId, body }) =>
      exchange.control.hold(callId, body.targetParticipant, {
        ...operationOf(body),
        prompt: body.playSourceInfo ?? undefined,
      }),
  }),
  mediaRoute({
    verb: 'unhold',
    operation: 'unhold',
    schema: targetSchema,
    answer: OK,
    control: ({ exchange, callId, body }) =>
      exchange.control.unhold(callId, body.targetParticipant, operationOf(body)),
  }),
];

function streamRoute(verb: string, kind: StreamKind, status: 'started' | 'updated' | 'stopped'): AcsRoute {
  return mediaRoute({
    verb,
    operation: verb,
    schema: streamSchema,
    answer: ACCEPTED,
    control: ({ exchange, callId, body }) =>
      exchange.control.stream(callId, { kind, status, ...operationOf(body) }),
  });
}

/** What is heard on a call, and what is heard of it. */
export const MEDIA_ROUTES: readonly AcsRoute[] = [
  play,
  recognize,
  cancelMedia,
  ...TONES,
  ...HOLDING,
  streamRoute('startTranscription', 'transcription', 'started'),
  streamRoute('updateTranscription', 'transcription', 'updated'),
  streamRoute('stopTranscription', 'transcription', 'stopped'),
  streamRoute('startMediaStreaming', 'mediaStreaming', 'started'),
  streamRoute('stopMediaStreaming', 'mediaStreaming', 'stopped'),
];

import * as z from 'zod';
import type { Conversation } from '../../core/conversation.ts';
import type { Recording } from '../../core/recording-desk.ts';
import type { AcsRoute, Answer, Subject } from '../emulated-dialect.ts';
import type { OperationCall } from '../operation.ts';
import { callLocatorSchema } from './call-schemas.ts';
import { callbackUri } from './common-members.ts';
import { answerTo, noBody, toRoute } from './operation.ts';

const PATH = 'calling/recordings';

const startRecordingSchema = z
  .object({
    callLocator: callLocatorSchema.nullish(),
    callConnectionId: z.string().min(1).nullish(),
    recordingStateCallbackUri: callbackUri.nullish(),
    recordingContentType: z.enum(['audio', 'audioVideo']).nullish(),
    recordingChannelType: z.enum(['mixed', 'unmixed']).nullish(),
    recordingFormatType: z.enum(['wav', 'mp3', 'mp4']).nullish(),
    pauseOnStart: z.boolean().nullish(),
  })
  .refine(
    ({ callLocator, callConnectionId }) => callLocator != null || callConnectionId != null,
    'expected callConnectionId or callLocator',
  );

type StartRecording = z.output<typeof startRecordingSchema>;

/** The call by its own id, or the newest one of the app on the conversation. */
function callIdOf({ exchange, body }: OperationCall<StartRecording>): string {
  const { callConnectionId, callLocator } = body;
  if (callConnectionId != null) return callConnectionId;
  const isIt = ({ id, label }: Conversation) => id === callLocator || label === callLocator;
  return exchange.legs().findLast(({ conversation }) => isIt(conversation))?.leg.id ?? '';
}

const start = toRoute({
  method: 'POST',
  path: PATH,
  operation: 'startRecording',
  isRepeatable: true,
  schema: startRecordingSchema,
  subject(call) {
    const callId = callIdOf(call);
    return { callId, label: call.exchange.find(callId)?.leg.label ?? callId };
  },
  perform(call) {
    const { body, exchange } = call;
    const result = exchange.recordings.start(callIdOf(call), {
      callbackUri: body.recordingStateCallbackUri ?? undefined,
      content: body.recordingContentType ?? 'audioVideo',
      channels: body.recordingChannelType ?? 'mixed',
      format: body.recordingFormatType ?? 'mp4',
      startsPaused: body.pauseOnStart ?? false,
    });
    return answerTo(result, recording => tell(recording, stateOf(recording)));
  },
});

const get = toRoute({
  method: 'GET',
  path: `${PATH}/{recordingId}`,
  operation: 'getRecording',
  schema: noBody,
  subject: subjectOf,
  perform: ({ exchange, params }) =>
    answerTo(exchange.recordings.find(idOf(params)), recording => tell(recording, stateOf(recording))),
});

const stop = toRoute({
  method: 'DELETE',
  path: `${PATH}/{recordingId}`,
  operation: 'stopRecording',
  schema: noBody,
  subject: subjectOf,
  perform: ({ exchange, params }) =>
    answerTo(exchange.recordings.stop(idOf(params)), recording => tell(recording, { status: 204 })),
});

function pausing(verb: 'pause' | 'resume'): AcsRoute {
  return toRoute({
    method: 'POST',
    path: `${PATH}/{recordingId}:${verb}`,
    operation: `${verb}Recording`,
    schema: noBody,
    subject: subjectOf,
    perform: ({ exchange, params }) =>
      answerTo(exchange.recordings.setActive(idOf(params), verb === 'resume'), recording =>
        tell(recording, { status: 202 }),
      ),
  });
}

function tell({ leg: { leg } }: Recording, answer: Answer) {
  return { leg, answer };
}

function stateOf({ id, isActive }: Recording): Answer {
  const recordingState = isActive ? 'active' : 'inactive';
  return {
    status: 200,
    body: { recordingId: id, recordingState, recordingKind: 'azureCommunicationServices' },
  };
}

function subjectOf({ params }: OperationCall<null>): Subject {
  return { label: idOf(params) };
}

function idOf(params: Readonly<Record<string, string>>): string {
  return params['recordingId'] ?? '';
}

/** Recordings of calls. */
export const RECORDING_ROUTES: readonly AcsRoute[] = [start, get, stop, pausing('pause'), pausing('resume')];

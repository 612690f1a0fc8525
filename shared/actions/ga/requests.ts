import type {
  CallAutomationClient,
  CallConnection,
  CallInvite,
  CallLocator,
  CallMedia,
  DtmfTone,
  FileSource,
  SsmlSource,
  TextSource,
} from '@azure/communication-call-automation';
import { createIdentifierFromRawId } from '@azure/communication-common';
import type { ActionSpec, SpecOf } from '../vocabulary/action-schema.ts';
import { numberOf } from '../vocabulary/identity.ts';
import type { Prompt } from '../vocabulary/prompt.ts';
import { recognizeOptions } from './recognize-options.ts';

/** What a request needs beside the action. */
export interface RequestContext {
  readonly client: CallAutomationClient;
  /** Empty for what names no call. */
  readonly callConnectionId: string;
  /** Empty for what takes none. */
  readonly callbackUri: string;
  /** The id of the action: ours on every request that takes one, or the SDK would make up another each time. */
  readonly operationContext: string;
}

/** An action that GA has a request for. */
export type GaSpec = Exclude<ActionSpec, { readonly kind: 'addToConversation' | 'removeFromConversation' }>;

/**
 * The request of each action, as the SDK sends it. Of a list of participants to add, the first: one request adds one.
 *
 * @see https://learn.microsoft.com/javascript/api/@azure/communication-call-automation
 */
export const REQUESTS: {
  readonly [Kind in GaSpec['kind']]: (spec: SpecOf<Kind>, context: RequestContext) => Promise<unknown>;
} = {
  placeCall: (spec, { client, callbackUri, operationContext }) => {
    const options = { operationContext, ...voiceOf(spec) };
    const [to = '', ...others] = spec.to;
    const shown = { ...callerOf(spec), ...(spec.displayName && { sourceDisplayName: spec.displayName }) };
    return others.length === 0
      ? client.createCall({ targetParticipant: identify(to), ...shown }, callbackUri, options)
      : client.createGroupCall(spec.to.map(identify), callbackUri, { ...options, ...shown });
  },
  joinCall: (spec, { client, callbackUri, operationContext }) =>
    client.connectCall(locatorOf(spec), callbackUri, { operationContext, ...voiceOf(spec) }),
  answerCall: (spec, { client, callbackUri, operationContext }) =>
    client.answerCall(spec.incomingCallContext, callbackUri, { operationContext, ...voiceOf(spec) }),
  rejectCall: ({ incomingCallContext, reason }, { client }) =>
    client.rejectCall(incomingCallContext, { callRejectReason: reason }),
  redirectCall: ({ incomingCallContext, to }, { client }) =>
    client.redirectCall(incomingCallContext, { targetParticipant: identify(to) }),
  hangUp: (_, context) => connection(context).hangUp(false),
  endForAll: (_, context) => connection(context).hangUp(true),

  playAudio: (spec, context) => play(spec, context),
  playText: (spec, context) => play(spec, context),
  playSsml: (spec, context) => play(spec, context),
  recognize: (spec, context) =>
    media(context).startRecognizing(
      identify(spec.participant),
      recognizeOptions(spec, spec.prompt && sourceOf(spec.prompt), context.operationContext),
    ),
  cancelMedia: (_, context) => media(context).cancelAllOperations(),
  holdParticipant: ({ participant, prompt }, context) =>
    media(context).hold(identify(participant), {
      operationContext: context.operationContext,
      ...(prompt && { playSource: sourceOf(prompt) }),
    }),
  unholdParticipant: ({ participant }, context) =>
    media(context).unhold(identify(participant), contextOf(context)),
  startContinuousDtmf: ({ participant }, context) =>
    media(context).startContinuousDtmfRecognition(identify(participant), contextOf(context)),
  stopContinuousDtmf: ({ participant }, context) =>
    media(context).stopContinuousDtmfRecognition(identify(participant), contextOf(context)),
  sendDtmf: ({ tones, participant }, context) =>
    media(context).sendDtmfTones(tones as DtmfTone[], identify(participant), contextOf(context)),
  startTranscription: ({ language }, context) =>
    media(context).startTranscription({ ...contextOf(context), ...(language && { locale: language }) }),
  stopTranscription: (_, context) => media(context).stopTranscription(contextOf(context)),

  addParticipants: (spec, context) =>
    connection(context).addParticipant(
      { targetParticipant: identify(spec.participants[0] ?? ''), ...callerOf(spec) },
      {
        ...contextOf(context),
        ...(spec.ringingSeconds !== undefined && { invitationTimeoutInSeconds: spec.ringingSeconds }),
      },
    ),
  cancelAddParticipant: ({ invitationId }, context) =>
    connection(context).cancelAddParticipantOperation(invitationId, contextOf(context)),
  removeParticipant: ({ participant = '' }, context) =>
    connection(context).removeParticipant(identify(participant), contextOf(context)),
  muteParticipant: ({ participant }, context) =>
    connection(context).muteParticipant(identify(participant), contextOf(context)),
  moveParticipants: ({ participants, fromCall }, context) =>
    connection(context).moveParticipants(participants.map(identify), fromCall, contextOf(context)),
  transferCall: (spec, context) =>
    connection(context).transferCallToParticipant(identify(spec.to), {
      ...contextOf(context),
      ...(spec.transferee && { transferee: identify(spec.transferee) }),
      ...callerOf(spec),
    }),

  startRecording: ({ content, channels, format, paused }, { client, callConnectionId, callbackUri }) =>
    client.getCallRecording().start({
      callConnectionId,
      recordingStateCallbackEndpointUrl: callbackUri,
      ...(content && { recordingContent: content }),
      ...(channels && { recordingChannel: channels }),
      ...(format && { recordingFormat: format }),
      ...(paused && { pauseOnStart: true }),
    }),
  pauseRecording: ({ recordingId }, { client }) => client.getCallRecording().pause(recordingId),
  resumeRecording: ({ recordingId }, { client }) => client.getCallRecording().resume(recordingId),
  stopRecording: ({ recordingId }, { client }) => client.getCallRecording().stop(recordingId),
};

function connection({ client, callConnectionId }: RequestContext): CallConnection {
  return client.getCallConnection(callConnectionId);
}

function media(context: RequestContext): CallMedia {
  return connection(context).getCallMedia();
}

function contextOf({ operationContext }: RequestContext) {
  return { operationContext };
}

/** Somebody by the raw id. Those that an action can name are all of kinds that the SDK knows. */
function identify(rawId: string): CallInvite['targetParticipant'] {
  return createIdentifierFromRawId(rawId) as CallInvite['targetParticipant'];
}

function callerOf({ callerId }: { readonly callerId?: string | undefined }) {
  const phoneNumber = callerId === undefined ? undefined : numberOf(callerId);
  return phoneNumber === undefined ? {} : { sourceCallIdNumber: { phoneNumber } };
}

function voiceOf({ cognitiveServicesEndpoint }: { readonly cognitiveServicesEndpoint?: string | undefined }) {
  return cognitiveServicesEndpoint === undefined
    ? {}
    : { callIntelligenceOptions: { cognitiveServicesEndpoint } };
}

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const LOCATOR_KINDS = {
  serverCall: 'serverCallLocator',
  groupCall: 'groupCallLocator',
  room: 'roomCallLocator',
} as const;

function locatorOf({ conversationId, locator }: SpecOf<'joinCall'>): CallLocator {
  const kind = locator ?? (GUID.test(conversationId) ? 'groupCall' : 'serverCall');
  return { id: conversationId, kind: LOCATOR_KINDS[kind] };
}

type Source = FileSource | TextSource | SsmlSource;

function sourceOf(prompt: Prompt): Source {
  const cached = prompt.resourceId === undefined ? {} : { playSourceCacheId: prompt.resourceId };
  if ('audioFileUri' in prompt) return { kind: 'fileSource', url: prompt.audioFileUri, ...cached };
  if ('ssml' in prompt) return { kind: 'ssmlSource', ssmlText: prompt.ssml, ...cached };
  const { text, voice, language } = prompt;
  return {
    kind: 'textSource',
    text,
    ...(voice && { voiceName: voice }),
    ...(language && { sourceLocale: language }),
    ...cached,
  };
}

function play(
  spec: SpecOf<'playAudio' | 'playText' | 'playSsml'>,
  context: RequestContext,
): Promise<unknown> {
  const options = { loop: spec.loop, ...contextOf(context) };
  const source = [sourceOf(spec)];
  return spec.to === undefined
    ? media(context).playToAll(source, options)
    : media(context).play(source, [identify(spec.to)], options);
}

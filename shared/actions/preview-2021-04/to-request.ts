import type { AcsRequest } from '../acs/acs-http.ts';
import { type PreviewKind, supportOf } from '../dialect-support.ts';
import type { ActionRequest } from '../provider.ts';
import { specOf } from '../vocabulary/action-draft.ts';
import type { ActionSpec, SpecOf } from '../vocabulary/action-schema.ts';
import { toIdentifier, toNumber } from './identifiers.ts';

/** The request of an action, or why there can be none. */
export type ToRequest =
  | { readonly kind: 'request'; readonly request: AcsRequest }
  /** It lacks what it can never get. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It lacks what it may yet get. */
  | { readonly kind: 'notNow'; readonly reason: string };

/** From this version on media are cancelled by `CancelMediaProcessing`, with a body. */
const CANCEL_WITH_BODY_FROM = '2021-05-28-preview2';

/**
 * Makes the request of this preview from an action. Pure: the same action gives the same body, byte for byte, since the
 * members stand in the order of the API's own description.
 *
 * @see Azure/azure-rest-api-specs, specification/communication/data-plane/CallingServer/preview/2021-04-15-preview1
 */
export function toRequest(action: ActionRequest, apiVersion: string): ToRequest {
  const spec = specOf(action);
  if (spec === undefined)
    return { kind: 'refused', reason: 'its arguments are none that this version knows' };
  if (action.callbackUri === null && needsCallback(spec))
    return { kind: 'refused', reason: 'no CALLBACK_SECRET is set, so that ACS cannot tell of the call' };
  const parts = isOfPreview(spec) ? partsOf(spec, { ...action, apiVersion }) : undefined;
  if (parts === undefined) return { kind: 'refused', reason: 'this preview has no such request' };
  const { method, path, body } = parts;
  if (path === undefined) return { kind: 'notNow', reason: 'ACS has not told the id of the call yet' };
  return { kind: 'request', request: { method, path, apiVersion, body: body && JSON.stringify(body) } };
}

function needsCallback({ kind }: ActionSpec): boolean {
  return kind === 'placeCall' || kind === 'joinCall';
}

interface Parts {
  readonly method: 'POST' | 'DELETE';
  /** Undefined while the id of the call is not known. */
  readonly path: string | undefined;
  readonly body?: object | undefined;
}

/** An action that this preview has a request for. */
type PreviewSpec = SpecOf<PreviewKind>;

function isOfPreview(spec: ActionSpec): spec is PreviewSpec {
  return supportOf('preview-2021-04', spec.kind).ok;
}

type Context = ActionRequest & { readonly apiVersion: string };

function partsOf(spec: PreviewSpec, context: Context): Parts | undefined {
  const { actionId: operationContext, callbackUri } = context;
  switch (spec.kind) {
    case 'placeCall':
      return post('/calling/calls', placeBody(spec, callbackUri));
    case 'joinCall':
      return post(conversationPath(spec, '/Join'), joinBody(spec, callbackUri));
    case 'hangUp':
      return post(callPath(context, '/Hangup'));
    case 'endForAll':
      return { method: 'DELETE', path: callPath(context, '') };
    case 'playAudio':
      return post(callPath(context, '/PlayAudio'), {
        audioFileUri: spec.audioFileUri,
        loop: spec.loop,
        operationContext,
        audioFileId: spec.resourceId,
        callbackUri: callbackUri ?? undefined,
      });
    case 'cancelMedia':
      return context.apiVersion < CANCEL_WITH_BODY_FROM
        ? post(callPath(context, '/CancelMediaOperations'))
        : post(callPath(context, '/CancelMediaProcessing'), { operationContext });
    case 'addParticipants':
      return post(callPath(context, '/participants'), inviteBody(spec, context));
    case 'removeParticipant':
      return spec.participantId === undefined
        ? undefined
        : { method: 'DELETE', path: callPath(context, `/participants/${segment(spec.participantId)}`) };
    case 'addToConversation':
      return post(conversationPath(spec, '/participants'), inviteBody(spec, context));
    case 'removeFromConversation':
      return {
        method: 'DELETE',
        path: conversationPath(spec, `/participants/${segment(spec.participantId)}`),
      };
  }
}

function post(path: string | undefined, body?: object): Parts {
  return { method: 'POST', path, body };
}

function placeBody(spec: SpecOf<'placeCall'>, callbackUri: string | null): object {
  return {
    source: spec.from && toIdentifier(spec.from),
    targets: spec.to.map(toIdentifier),
    sourceAlternateIdentity: toNumber(spec.callerId),
    subject: spec.subject,
    callbackUri,
    ...subscriptionOf(spec),
  };
}

function joinBody(spec: SpecOf<'joinCall'>, callbackUri: string | null): object {
  return {
    source: spec.from && toIdentifier(spec.from),
    subject: spec.subject,
    callbackUri,
    ...subscriptionOf(spec),
  };
}

function inviteBody(
  spec: SpecOf<'addParticipants' | 'addToConversation'>,
  { actionId: operationContext, callbackUri }: Context,
): object {
  return {
    alternateCallerId: toNumber(spec.callerId),
    participants: spec.participants.map(toIdentifier),
    operationContext,
    callbackUri: callbackUri ?? undefined,
  };
}

const WIRE_EVENTS = { participantsUpdated: 'participantsUpdated', toneReceived: 'dtmfReceived' } as const;

function subscriptionOf({ modalities, events }: SpecOf<'placeCall' | 'joinCall'>) {
  return { requestedModalities: modalities, requestedCallEvents: events.map(name => WIRE_EVENTS[name]) };
}

function callPath({ wireId }: Context, below: string): string | undefined {
  return wireId === null ? undefined : `/calling/calls/${segment(wireId)}${below}`;
}

function conversationPath(
  { conversationId }: { readonly conversationId: string },
  below: `/${string}`,
): string {
  return `/calling/conversations/${segment(conversationId)}${below}`;
}

/** Encoded whole: the base64 of a conversation's URL can hold a slash. */
function segment(text: string): string {
  return encodeURIComponent(text);
}

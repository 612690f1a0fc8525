import type { CallLeg } from '../../core/call-leg.ts';
import { type Identity, identityOf, numberOrRawId } from '../../core/identity.ts';
import type { RosterEntry } from '../../core/leg-event.ts';
import { renderIdentifier } from './identifiers.ts';

/** A call, as answers describe it. */
export function callProperties({ leg, state, request, targets }: CallLeg) {
  const { callbackUri, line, displayName, source } = request;
  return {
    callConnectionId: leg.id,
    serverCallId: leg.conversationId,
    correlationId: leg.correlationId,
    callConnectionState: state,
    callbackUri,
    targets: targets.map(renderIdentifier),
    source: renderIdentifier(source),
    ...(line === undefined ? {} : { sourceCallerIdNumber: { value: numberOrRawId(identityOf(line)) } }),
    ...(displayName === undefined ? {} : { sourceDisplayName: displayName }),
    ...(leg.origin === 'answered' ? { answeredBy: { id: source.rawId } } : {}),
  };
}

/** Somebody on a call. */
export function renderParticipant({ identity, isMuted, isOnHold }: RosterEntry) {
  return { identifier: renderIdentifier(identity), isMuted, isOnHold };
}

/** Somebody who is not on the call yet, or any more. */
export function renderOutsider(identity: Identity) {
  return { identifier: renderIdentifier(identity), isMuted: false, isOnHold: false };
}

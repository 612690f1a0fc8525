import type { Call } from '../call.ts';
import type { CallEvent } from '../call-event.ts';
import { type Handler, inConversation, provenConnected, reached } from '../handler.ts';

/** The call is over. */
export const callDisconnected: Handler<'call.disconnected'> = (call, event) => {
  const over = inConversation(reached(call, 'disconnected', event.at), event.conversationId, event.at);
  const explained = { ...over, endReason: endReasonOf(over, event) };
  return { call: event.wasConnected ? provenConnected(explained) : explained, signals: [] };
};

/** The earliest reason wins; of two at one moment the one that comes first as text, so that arrival decides nothing. */
function endReasonOf(call: Call, { reason, at }: CallEvent<'call.disconnected'>): Call['endReason'] {
  if (reason === null) return call.endReason;
  const told = { code: reason.code, subcode: reason.subcode, message: reason.message, at };
  const known = call.endReason;
  if (known === null || at < known.at) return told;
  return at === known.at && JSON.stringify(told) < JSON.stringify(known) ? told : known;
}

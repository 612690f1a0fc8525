import { endedFor, type Handler, inConversation, provenConnected, reached } from '../handler.ts';

/** The call is over. */
export const callDisconnected: Handler<'call.disconnected'> = (call, event) => {
  const over = inConversation(reached(call, 'disconnected', event.at), event.conversationId, event.at);
  const explained = endedFor(over, event.reason, event.at);
  return { call: event.wasConnected ? provenConnected(explained) : explained, signals: [] };
};

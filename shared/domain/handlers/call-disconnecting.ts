import { type Handler, inConversation, provenConnected, reached } from '../handler.ts';

/** The call is being torn down. */
export const callDisconnecting: Handler<'call.disconnecting'> = (call, event) => {
  const ending = inConversation(reached(call, 'disconnecting', event.at), event.conversationId, event.at);
  return { call: event.wasConnected ? provenConnected(ending) : ending, signals: [] };
};

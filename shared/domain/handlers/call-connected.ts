import { type Handler, inConversation, provenConnected, reached } from '../handler.ts';

/** Somebody answered. */
export const callConnected: Handler<'call.connected'> = (call, event) => ({
  call: inConversation(provenConnected(reached(call, 'connected', event.at)), event.conversationId, event.at),
  signals: [],
});

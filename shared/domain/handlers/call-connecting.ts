import { type Handler, inConversation, reached } from '../handler.ts';

/** The call is being set up, or rings. */
export const callConnecting: Handler<'call.connecting'> = (call, event) => ({
  call: inConversation(reached(call, 'connecting', event.at), event.conversationId, event.at),
  signals: [],
});

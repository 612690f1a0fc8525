import { endedFor, type Handler, inConversation, reached } from '../handler.ts';

/** It never came to a connection: nobody answered, or the call was not there any more. */
export const callFailed: Handler<'call.failed'> = (call, { conversationId, reason, at }) => {
  const over = inConversation(reached(call, 'disconnected', at), conversationId, at);
  return { call: endedFor(over, reason, at), signals: [] };
};

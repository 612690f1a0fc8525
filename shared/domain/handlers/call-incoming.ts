import { type Handler, inConversation, reached } from '../handler.ts';

/** Somebody calls: it rings, and the journal has what answering takes. */
export const callIncoming: Handler<'call.incoming'> = (call, { conversationId, at }) => ({
  call: inConversation(reached(call, 'connecting', at), conversationId, at),
  signals: [],
});

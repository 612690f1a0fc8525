import { type Handler, inConversation } from '../handler.ts';

/** Hold, transfer and kin: the journal keeps them, the state of the call does not move. */
export const callNote: Handler<'call.note'> = (call, event) => ({
  call: inConversation(call, event.conversationId, event.at),
  signals: [],
});

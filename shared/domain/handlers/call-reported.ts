import type { Call } from '../call.ts';
import type { CallEvent, ReportPayload } from '../call-event.ts';
import { type Handled, inConversation } from '../handler.ts';

/** Event Grid's word on a call: the journal keeps it, the state of the call does not move. */
export function callReported(call: Call, event: CallEvent<ReportPayload['type']>): Handled {
  return { call: inConversation(call, event.conversationId, event.at), signals: [] };
}

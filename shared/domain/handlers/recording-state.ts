import { type Handler, inConversation } from '../handler.ts';
import { addRecording } from '../recording.ts';

/** A recording started or stopped. */
export const recordingState: Handler<'recording.state'> = (call, event) => {
  const { recordingId, state, startedAt, at } = event;
  const recordings = addRecording(call.recordings, { recordingId, state, at, startedAt });
  return { call: inConversation({ ...call, recordings }, event.conversationId, event.at), signals: [] };
};

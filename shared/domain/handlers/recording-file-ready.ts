import { type Handler, inConversation } from '../handler.ts';
import { addRecording } from '../recording.ts';

/** Files of a recording can be fetched, so it runs no more. */
export const recordingFileReady: Handler<'recording.fileReady'> = (call, event) => {
  const { recordingId, startedAt, files, at } = event;
  const told = { recordingId, state: 'inactive', at, startedAt, files } as const;
  const recordings = addRecording(call.recordings, told);
  return { call: inConversation({ ...call, recordings }, event.conversationId, at), signals: [] };
};

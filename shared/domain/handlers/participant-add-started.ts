import type { Handler } from '../handler.ts';
import { addReportOf, reportOperation } from '../operation-handling.ts';

/** An invitation is under way. */
export const participantAddStarted: Handler<'participant.addStarted'> = (call, event) =>
  reportOperation(call, addReportOf(event, 'running'));

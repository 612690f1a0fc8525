import type { Handler } from '../handler.ts';
import { addReportOf, reportOperation } from '../operation-handling.ts';

/** An invited participant joined. */
export const participantAddSucceeded: Handler<'participant.addSucceeded'> = (call, event) =>
  reportOperation(call, addReportOf(event, 'completed'));

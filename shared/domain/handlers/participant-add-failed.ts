import type { Handler } from '../handler.ts';
import { addReportOf, reportOperation } from '../operation-handling.ts';

/** An invited participant did not join. */
export const participantAddFailed: Handler<'participant.addFailed'> = (call, event) =>
  reportOperation(call, addReportOf(event, 'failed'));

import type { Handler } from '../handler.ts';
import { playReport, reportOperation } from '../operation-handling.ts';

/** A prompt could not be played. */
export const playFailed: Handler<'play.failed'> = (call, event) =>
  reportOperation(call, playReport(event, 'failed'));

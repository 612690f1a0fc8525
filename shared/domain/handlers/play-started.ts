import type { Handler } from '../handler.ts';
import { playReport, reportOperation } from '../operation-handling.ts';

/** A prompt is being played. */
export const playStarted: Handler<'play.started'> = (call, event) =>
  reportOperation(call, playReport(event, 'running'));

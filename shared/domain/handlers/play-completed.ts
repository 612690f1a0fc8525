import { type Handler, provenConnected } from '../handler.ts';
import { playReport, reportOperation } from '../operation-handling.ts';

/** A prompt was played to its end, which proves a connection. */
export const playCompleted: Handler<'play.completed'> = (call, event) =>
  reportOperation(provenConnected(call), playReport(event, 'completed'));

import { type Handler, provenConnected } from '../handler.ts';
import { playReport, reportOperation } from '../operation-handling.ts';

/** A prompt was cut short, which proves a connection. */
export const playCanceled: Handler<'play.canceled'> = (call, event) =>
  reportOperation(provenConnected(call), playReport(event, 'canceled'));

import * as z from 'zod';
import type { LegRef } from '../../core/leg-event.ts';
import type { Refusal, Result } from '../../core/refusal.ts';
import type { AcsRoute, Answer, PerformedRequest } from '../emulated-dialect.ts';
import { answerResult, type Operation, operationRoute } from '../operation.ts';

/** The body of operations that have none: whatever comes is ignored, as the service does. */
export const noBody = z.unknown().transform(() => null);

/** Makes a route of an operation of this preview. */
export function toRoute<Body>(operation: Operation<Body>): AcsRoute {
  return operationRoute(operation, errorAnswer);
}

/** The error body of this preview, bare. Without a subcode the code is the status. */
export function errorAnswer(status: number, message: string, code = String(status)): Answer {
  return { status, body: { code, message } };
}

/** The answer to what was carried out, or to what could not be. */
export function answerTo<Value>(
  result: Result<Value>,
  taken: (value: Value) => { readonly answer: Answer; readonly leg: LegRef },
): PerformedRequest {
  return answerResult(result, REFUSALS, taken);
}

const REFUSALS: Readonly<Record<Refusal, Answer>> = {
  notFound: errorAnswer(404, 'The call or conversation was not found, or it has ended.', '8522'),
  notConnected: errorAnswer(400, 'The call is not established.', '8501'),
  noParticipant: errorAnswer(404, 'The participant is not on the call.'),
};

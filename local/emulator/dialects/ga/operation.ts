import * as z from 'zod';
import type { LegRef } from '../../core/leg-event.ts';
import type { Result } from '../../core/refusal.ts';
import type { AcsRoute, Answer, PerformedRequest } from '../emulated-dialect.ts';
import { answerResult, type Operation, operationRoute } from '../operation.ts';
import { errorAnswer, type GaRefusal, REFUSALS } from './error-answer.ts';

/** The body of operations that have none. */
export const noBody = z.unknown().transform(() => null);

/** Makes a route of an operation of Call Automation. */
export function toRoute<Body>(operation: Operation<Body>): AcsRoute {
  return operationRoute(operation, errorAnswer);
}

/** The answer to what was carried out, or to what could not be. */
export function answerTo<Value, Reason extends GaRefusal>(
  result: Result<Value, Reason>,
  taken: (value: Value) => { readonly answer: Answer; readonly leg?: LegRef },
): PerformedRequest {
  return answerResult<Value, GaRefusal>(result, REFUSALS, taken);
}

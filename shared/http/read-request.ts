import type * as z from 'zod';
import { faultsIn } from '../actions/vocabulary/parse-action.ts';
import type { Problem } from '../problems/problem.ts';
import { invalidRequest } from '../processing/request-call.ts';

/** What a request says, or all that is wrong with it. */
export type ReadRequest<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** Holds a body against its schema; each fault comes with its place, what was expected, and an example. */
export function readRequest<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): ReadRequest<z.output<Schema>> {
  const parsed = schema.safeParse(body);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: invalidRequest(faultsIn(parsed.error)) };
}

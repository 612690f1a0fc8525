import type * as z from 'zod';
import { faultsIn } from '../actions/vocabulary/parse-action.ts';
import type { Problem } from '../problems/problem.ts';
import { invalidRequest } from '../processing/request-call.ts';

/** What a request says, or all that is wrong with it. */
export type ReadRequest<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

/** Holds an object against its schema; each fault comes with its place, what was expected, and an example. */
export function readRequest<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): ReadRequest<z.output<Schema>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { ok: false, problem: invalidRequest([{ pointer: '', detail: expectedObject(schema) }]) };
  const parsed = schema.safeParse(body);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: invalidRequest(faultsIn(parsed.error)) };
}

function expectedObject(schema: z.ZodType): string {
  const examples = schema.meta()?.['examples'];
  if (!Array.isArray(examples) || examples.length === 0) return 'expected an object';
  return `expected an object, such as ${JSON.stringify(examples[0])}`;
}

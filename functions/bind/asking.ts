import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import { readIdempotencyKey } from '../../shared/http/idempotency-key.ts';
import { readJsonBody } from '../../shared/http/read-json-body.ts';
import { readRequest } from '../../shared/http/read-request.ts';
import { type Problem, problem } from '../../shared/problems/problem.ts';
import type { Requested } from '../../shared/processing/request-call.ts';
import type { Answer } from './http.ts';

/** An action names at most 350 participants, each in a few hundred bytes. */
const LIMIT_BYTES = 256 * 1024;

/** A request for something to be done, read. */
export type Asked<Value> =
  | {
      readonly ok: true;
      readonly value: Value;
      /** The Idempotency-Key that came with it. */
      readonly key: string | undefined;
    }
  | { readonly ok: false; readonly problem: Problem };

/** Reads a request with a JSON body. */
export async function readAsked<Schema extends z.ZodType>(
  request: HttpRequest,
  schema: Schema,
): Promise<Asked<z.output<Schema>>> {
  const idempotency = readIdempotencyKey(request.headers);
  if (!idempotency.ok) return idempotency;
  const body = await readJsonBody(request, LIMIT_BYTES);
  if (!body.ok) return body;
  const json = parsed(body.text);
  if (json instanceof SyntaxError) return { ok: false, problem: problem('invalid-json', json.message) };
  const read = readRequest(schema, json);
  return read.ok ? { ...read, key: idempotency.key } : read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** The answer to a request for something to be done: recorded, and where to look how it goes. */
export function askedAnswer(requested: Requested): Answer {
  if (!requested.ok) return requested.problem;
  const { callKey, actionId } = requested;
  return { status: 202, headers: { location: `/api/calls/${callKey}` }, body: { callKey, actionId } };
}

import * as z from 'zod';
import type { Exchange } from '../../core/exchange.ts';
import type { LegRef } from '../../core/leg-event.ts';
import type { Refusal, Result } from '../../core/refusal.ts';
import type { AcsRequest, AcsRoute, Answer, PerformedRequest, Subject } from '../emulated-dialect.ts';

/** What an operation is given. */
export interface OperationCall<Body> {
  readonly exchange: Exchange;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** One operation of this preview. */
export interface Operation<Body> extends Pick<AcsRoute, 'method' | 'path' | 'operation'> {
  readonly schema: z.ZodType<Body>;
  /** Without it, every version has it. */
  readonly isIn?: (apiVersion: string) => boolean;
  subject(call: OperationCall<NoInfer<Body>>): Subject;
  perform(call: OperationCall<NoInfer<Body>>): PerformedRequest;
}

/** The body of operations that have none: whatever comes is ignored, as the service does. */
export const noBody = z.unknown().transform(() => null);

/** Makes a route of an operation: the body is read and validated before anything happens. */
export function toRoute<Body>(operation: Operation<Body>): AcsRoute {
  const { method, path, operation: name, schema, isIn = () => true, subject, perform } = operation;
  return {
    method,
    path,
    operation: name,
    isIn,
    prepare(request, exchange) {
      const read = readBody(request, schema);
      if (!read.ok) return { refusal: errorAnswer(400, read.message) };
      const call = { exchange, params: request.params, body: read.body };
      return { subject: subject(call), perform: () => perform(call) };
    },
  };
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
  if (!result.ok) return { executed: false, answer: REFUSALS[result.refusal] };
  const { answer, leg } = taken(result.value);
  return { executed: true, answer, callId: leg.id };
}

const REFUSALS: Readonly<Record<Refusal, Answer>> = {
  notFound: errorAnswer(404, 'The call or conversation was not found, or it has ended.', '8522'),
  notConnected: errorAnswer(400, 'The call is not established.', '8501'),
  noParticipant: errorAnswer(404, 'The participant is not on the call.'),
};

type Read<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly message: string };

function readBody<Body>({ body }: AcsRequest, schema: z.ZodType<Body>): Read<Body> {
  let value: unknown;
  try {
    value = body.trim() === '' ? {} : JSON.parse(body);
  } catch {
    return { ok: false, message: 'The request body is not JSON.' };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, body: parsed.data };
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  return { ok: false, message: `The request is not valid. ${issues.join('; ')}` };
}

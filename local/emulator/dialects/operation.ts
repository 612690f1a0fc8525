import type * as z from 'zod';
import type { Exchange } from '../core/exchange.ts';
import type { LegRef } from '../core/leg-event.ts';
import type { Result } from '../core/refusal.ts';
import type {
  AcsRequest,
  AcsRoute,
  Answer,
  EmulatedDialect,
  PerformedRequest,
  Subject,
} from './emulated-dialect.ts';

/** What an operation is given. */
export interface OperationCall<Body> {
  readonly exchange: Exchange;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Body;
}

/** One operation of a REST API: what its body must be, what it is about, and what it does. */
export interface Operation<Body> extends Pick<AcsRoute, 'method' | 'path' | 'operation' | 'isRepeatable'> {
  readonly schema: z.ZodType<Body>;
  /** Without it, every version has it. */
  readonly isIn?: (apiVersion: string) => boolean;
  subject(call: OperationCall<NoInfer<Body>>): Subject;
  perform(call: OperationCall<NoInfer<Body>>): PerformedRequest;
}

/** Makes a route of an operation: the body is read and validated before anything happens. */
export function operationRoute<Body>(operation: Operation<Body>, error: EmulatedDialect['error']): AcsRoute {
  const { schema, isIn = () => true, subject, perform, ...route } = operation;
  return {
    ...route,
    isIn,
    prepare(request, exchange) {
      const read = readBody(request, schema);
      if (!read.ok) return { refusal: error(400, read.message) };
      const call = { exchange, params: request.params, body: read.body };
      return { subject: subject(call), perform: () => perform(call) };
    },
  };
}

/** The answer to what was carried out, or the one to why it was not. */
export function answerResult<Value, Reason extends string>(
  result: Result<Value, Reason>,
  refusals: Readonly<Record<Reason, Answer>>,
  taken: (value: Value) => { readonly answer: Answer; readonly leg?: LegRef },
): PerformedRequest {
  if (!result.ok) return { executed: false, answer: refusals[result.refusal] };
  const { answer, leg } = taken(result.value);
  return { executed: true, answer, callId: leg?.id };
}

/** The call that a path names. */
export function callIdOf(params: Readonly<Record<string, string>>): string {
  return params['callId'] ?? '';
}

/** A request about the call that its path names. */
export function callSubject({
  exchange,
  params,
  body,
}: OperationCall<{ readonly operationContext?: string | null | undefined } | null>): Subject {
  const callId = callIdOf(params);
  const leg = exchange.find(callId);
  return {
    callId,
    callbackUri: leg?.request.callbackUri,
    operationContext: body?.operationContext,
    label: leg?.leg.label ?? callId,
  };
}

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

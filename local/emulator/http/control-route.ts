import type * as z from 'zod';
import type { Answer } from '../dialects/emulated-dialect.ts';
import type { IncomingRequest } from './incoming-request.ts';
import type { RoutePath } from './router.ts';

/** A request below `/emulator`. */
export interface ControlRequest extends IncomingRequest {
  readonly params: Readonly<Record<string, string>>;
}

/** A route below `/emulator`. */
export interface ControlRoute extends RoutePath {
  answer(request: ControlRequest): Answer | Promise<Answer>;
}

/** What is wrong with one value. */
interface Issue {
  /** JSON Pointer. */
  readonly pointer: string;
  readonly message: string;
}

/** A refusal in plain words, with the places in the body that are wrong. */
export function problem(status: number, message: string, issues: readonly Issue[] = []): Answer {
  return { status, body: { code: String(status), message, ...(issues.length === 0 ? {} : { issues }) } };
}

/** The body, or the answer that says what is wrong with it. An empty body is an empty object. */
export function readJson<Value>(
  { body }: IncomingRequest,
  schema: z.ZodType<Value>,
): { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly answer: Answer } {
  const text = Buffer.from(body).toString('utf8').trim();
  let json: unknown;
  try {
    json = text === '' ? {} : JSON.parse(text);
  } catch {
    return { ok: false, answer: problem(400, 'The body is not JSON.') };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, answer: problem(400, 'The body is not valid.', issuesOf(parsed.error)) };
}

/** What is wrong, each with a JSON Pointer (RFC 6901). */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map(({ path, message }) => ({
    pointer: path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    message,
  }));
}

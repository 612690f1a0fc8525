import type { HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import type { Services } from '../../shared/compose.ts';
import { SettingsError } from '../../shared/config/settings.ts';
import { wrongQuery } from '../../shared/http/page-query.ts';
import { type Problem, problem } from '../../shared/problems/problem.ts';
import { StorageError } from '../../shared/store/storage-error.ts';
import { requestFailed } from '../../shared/telemetry/log-events.ts';
import { logWithin, withServices } from './services.ts';

/** What an HTTP function answers: a status with a body, or a problem. */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | Problem;

type HttpBody = (request: HttpRequest, services: Services, context: InvocationContext) => Promise<Answer>;

/** Makes an HTTP handler of a body that answers with a value; failures that are to be expected become problems. */
export function answering(body: HttpBody) {
  return async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    try {
      const answer = await withServices(context, services => body(request, services, context));
      return respond(answer, context);
    } catch (error) {
      const expected = expectedProblem(error, request);
      if (expected === undefined) throw error;
      if (expected.status >= 500) {
        logWithin(context, requestFailed({ problem: expected.type, error: String(error) }));
      }
      return respond(expected, context);
    }
  };
}

function expectedProblem(error: unknown, request: HttpRequest): Problem | undefined {
  if (error instanceof SettingsError) return problem('misconfigured', error.message);
  if (error instanceof StorageError && error.transient) {
    return problem('storage-unavailable', 'Try again in a moment.', { retryAfterSeconds: 5 });
  }
  // Storage reads its own part of a cursor, and refuses one that was made up.
  if (error instanceof StorageError && request.query.has('cursor')) {
    return wrongQuery('cursor', 'expected the nextCursor of this list');
  }
  return undefined;
}

function respond(answer: Answer, context: InvocationContext): HttpResponseInit {
  if ('type' in answer) {
    const { retryAfterSeconds, ...details } = answer;
    return {
      status: answer.status,
      headers: {
        'content-type': 'application/problem+json',
        ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      },
      jsonBody: { ...details, instance: `urn:uuid:${context.invocationId}` },
    };
  }
  const { status, body, headers } = answer;
  return {
    status,
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { jsonBody: body }),
  };
}

import type { ServerResponse } from 'node:http';
import { formatSetCookie } from './set-cookie.ts';
import type { HttpData } from './typed-data.ts';
import type { InvocationOutcome } from './worker-messages.ts';

/** The server decides these itself. */
const SERVER_HEADERS: readonly string[] = ['connection', 'content-length', 'transfer-encoding'];

/**
 * Answers a request with how its function ended, as the real host does: 204 when the handler returned nothing, 500 with
 * an empty body when it failed (what went wrong is not told), else the response. A body is sent in chunks.
 */
export function writeHttpResponse(response: ServerResponse, outcome: InvocationOutcome): void {
  if (!outcome.ok) {
    writeEmpty(response, 500);
    return;
  }
  const http = outcome.returnValue?.http;
  if (http === undefined) {
    writeEmpty(response, 204);
    return;
  }
  response.statusCode = Number(http.statusCode ?? 200);
  writeHeaders(response, http);
  const body = http.body?.bytes;
  if (body === undefined || body.length === 0) {
    response.end();
    return;
  }
  response.write(body);
  response.end();
}

/** Answers with a status and nothing else. */
export function writeEmpty(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}

function writeHeaders(response: ServerResponse, http: HttpData): void {
  const cookies: string[] = [];
  for (const [name, value] of Object.entries(http.headers ?? {})) {
    if (name === 'set-cookie') cookies.push(value);
    else if (name === 'content-type') response.setHeader(name, value.replace(/;\s*/g, '; '));
    else if (!SERVER_HEADERS.includes(name)) response.setHeader(name, value);
  }
  cookies.push(...(http.cookies ?? []).map(formatSetCookie));
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
}

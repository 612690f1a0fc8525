import { type Problem, problem } from '../problems/problem.ts';

/** What is needed of a request to read its body. */
export interface BodySource {
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

export type BodyResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Reads the text of a JSON body of at most `limitBytes`, without parsing it; one that says it is something else is
 * refused.
 */
export async function readJsonBody(request: BodySource, limitBytes: number): Promise<BodyResult> {
  const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (contentType !== undefined && !/^application\/(?:[\w.-]+\+)?json$/.test(contentType)) {
    const detail = `Expected application/json, got ${contentType || 'nothing'}.`;
    return { ok: false, problem: problem('unsupported-media-type', detail) };
  }
  return readBody(request, limitBytes);
}

/**
 * Reads the text of a body of at most `limitBytes`, whatever its content type says: events are JSON, and whoever passes
 * them on calls them by many names.
 *
 * The Functions host gives an empty body for a request that is sent in chunks, so an empty one without a length is
 * answered with 411 and never taken for "nothing".
 */
export async function readBody(request: BodySource, limitBytes: number): Promise<BodyResult> {
  const wrong = wrongHeaders(request.headers, limitBytes);
  if (wrong !== undefined) return { ok: false, problem: wrong };

  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > limitBytes) return { ok: false, problem: tooLarge(limitBytes) };
  if (bytes.length === 0) return { ok: false, problem: empty(request.headers) };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, problem: problem('invalid-json', 'The body is not UTF-8 text.') };
  }
}

function wrongHeaders(headers: BodySource['headers'], limitBytes: number): Problem | undefined {
  const encoding = headers.get('content-encoding')?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') {
    return problem('unsupported-media-type', `A body encoded as ${encoding} cannot be read.`);
  }
  return Number(headers.get('content-length') ?? 0) > limitBytes ? tooLarge(limitBytes) : undefined;
}

function empty(headers: BodySource['headers']): Problem {
  return headers.get('content-length') === null || headers.get('transfer-encoding') !== null
    ? problem(
        'length-required',
        'Send the body with a Content-Length: a chunked body does not reach the app.',
      )
    : problem('empty-body', 'Expected one event, or an array of events, as JSON.');
}

function tooLarge(limitBytes: number): Problem {
  return problem('too-large', `A body can have ${limitBytes} bytes at most.`);
}

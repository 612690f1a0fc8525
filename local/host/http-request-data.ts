import type { IncomingMessage } from 'node:http';
import type { HttpData } from './typed-data.ts';

/** What is known of a request beyond its own head. */
export interface RequestParts {
  readonly url: URL;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * Describes a request to the library as the real host does without HTTP streams: repeated headers and repeated query
 * parameters are joined with a comma, parameter names compare in any case, header names are lower-case.
 */
export function toHttpData(request: IncomingMessage, parts: RequestParts): HttpData {
  return {
    url: parts.url.href,
    method: request.method ?? 'GET',
    headers: joinHeaders(request.rawHeaders),
    query: joinQuery(parts.url.searchParams),
    params: parts.params,
    body: { bytes: parts.body },
  };
}

/** The address of a request as the real host sees it: with the Host header, whatever a proxy may have done before. */
export function requestUrl(request: IncomingMessage, fallbackHost: string): URL {
  const host = request.headers.host ?? fallbackHost;
  const target = request.url ?? '/';
  return new URL(target.startsWith('/') ? `http://${host}${target}` : target);
}

function joinHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    joined[name] = joined[name] === undefined ? value : `${joined[name]},${value}`;
  }
  return joined;
}

function joinQuery(query: URLSearchParams): Record<string, string> {
  const joined = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of query) {
    const known = joined.get(name.toLowerCase());
    if (known === undefined) joined.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  return Object.fromEntries([...joined.values()].map(({ name, values }) => [name, values.join(',')]));
}

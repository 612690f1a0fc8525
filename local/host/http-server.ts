import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerAdminRequest } from './admin-api.ts';
import { type HostFunction, type HttpFunction, orderByRoute } from './function-catalog.ts';
import type { HostLog } from './host-log.ts';
import { requestUrl, toHttpData } from './http-request-data.ts';
import type { Invoker } from './invoker.ts';
import { findKey, type HostKeys, isKeyAccepted } from './key-auth.ts';
import { type BodyRules, readBody } from './read-body.ts';
import { matchRoute } from './route-template.ts';
import { StartError } from './start-error.ts';
import { writeEmpty, writeHttpResponse } from './write-http-response.ts';

const IDLE_CHECK_MS = 50;

/** What the server needs to answer requests. */
export interface HttpServerOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly keys: HostKeys | undefined;
  readonly bodyRules: BodyRules;
  /** Whether `/` answers 204 instead of the host's own page. */
  readonly hidesHomepage: boolean;
  readonly invoker: Invoker;
  readonly log: HostLog;
}

/** The host's HTTP side. It answers 503 to everything until it is given the functions. */
export interface HttpServer {
  readonly port: number;
  /** Starts routing requests to functions. */
  open(functions: readonly HostFunction[]): void;
  /** Answers 503 to everything again. */
  suspend(): void;
  /** Takes no more requests and resolves when those under way are answered. */
  close(): Promise<void>;
  /** Ends every connection at once, so that `close` resolves. */
  dropConnections(): void;
}

/** Listens on 127.0.0.1; rejects with a StartError when the port is taken. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  let routing: Routing | undefined;
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    answer({ request, response, routing, options }).catch((error: unknown) => {
      // The client went away while its body was read, or its request cannot be understood.
      options.log({ level: 'debug', message: `A request was given up: ${String(error)}` });
      response.destroy();
    });
  });
  const port = await listen(server, options.port);
  return {
    port,
    open(functions) {
      routing = { functions, routes: orderByRoute(functions) };
    },
    suspend() {
      routing = undefined;
    },
    close() {
      routing = undefined;
      return closeServer(server);
    },
    dropConnections: () => server.closeAllConnections(),
  };
}

interface Routing {
  readonly functions: readonly HostFunction[];
  readonly routes: readonly HttpFunction[];
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly routing: Routing | undefined;
  readonly options: HttpServerOptions;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const text = error.code === 'EADDRINUSE' ? `Port ${port} is taken by another program.` : error.message;
      reject(new StartError(text, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** A connection that was busy when the server closed is kept alive by Node after its answer: it has to be ended too. */
function closeServer(server: Server): Promise<void> {
  const timer = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  return new Promise(resolve => {
    server.close(() => {
      clearInterval(timer);
      resolve();
    });
  });
}

async function answer(exchange: Exchange): Promise<void> {
  const { request, response, routing, options } = exchange;
  if (routing === undefined) {
    response.setHeader('connection', 'close');
    response.statusCode = 503;
    response.end('Function host is not running.');
    return;
  }
  const url = requestUrl(request, 'localhost');
  const path = url.pathname.replace(/^\//, '').replace(/\/$/, '').split('/');
  const key = findKey(readHeader(request, 'x-functions-key'), url.searchParams);
  if (path[0]?.toLowerCase() === 'admin') {
    const { functions } = routing;
    await answerAdminRequest({ request, response, path: path.slice(1), key, functions, ...options });
    return;
  }
  const found = findRoute(routing.routes, request.method ?? 'GET', path);
  if (found === undefined) {
    const isHome = url.pathname === '/' && request.method === 'GET';
    if (isHome && !options.hidesHomepage) response.end('The local Functions host is running.\n');
    else writeEmpty(response, isHome ? 204 : 404);
    return;
  }
  const { authLevel, name: functionName } = found.target;
  if (!isKeyAccepted(options.keys, { authLevel, functionName }, key)) {
    writeEmpty(response, 401);
    return;
  }
  await runFunction(exchange, { url, ...found });
}

interface FoundRoute {
  readonly target: HttpFunction;
  readonly params: Readonly<Record<string, string>>;
}

/** A method that a route does not list is a mismatch like any other: 404, never 405. */
function findRoute(
  routes: readonly HttpFunction[],
  method: string,
  path: readonly string[],
): FoundRoute | undefined {
  for (const target of routes) {
    if (!target.methods.includes(method)) continue;
    const params = matchRoute(target.segments, path);
    if (params !== undefined) return { target, params };
  }
  return undefined;
}

async function runFunction(exchange: Exchange, found: FoundRoute & { readonly url: URL }): Promise<void> {
  const { request, response, options } = exchange;
  const body = await readBody(request, options.bodyRules);
  if (body.kind === 'too-large') {
    response.setHeader('connection', 'close');
    writeEmpty(response, 500);
    return;
  }
  const functionName = found.target.name;
  if (body.dropped) {
    const message =
      'A chunked request body was dropped: the Functions host delivers none without Content-Length.';
    options.log({ level: 'warning', message, functionName });
  }
  const { url, params } = found;
  const outcome = await options.invoker.invoke({
    functionName,
    triggerData: { http: toHttpData(request, { url, params, body: body.bytes }) },
    traceParent: readHeader(request, 'traceparent'),
    traceState: readHeader(request, 'tracestate'),
  });
  writeHttpResponse(response, outcome);
}

function readHeader(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

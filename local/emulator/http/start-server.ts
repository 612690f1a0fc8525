import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { readBody } from '../../host/read-body.ts';
import type { Answer } from '../dialects/emulated-dialect.ts';
import type { IncomingRequest, Reply } from './incoming-request.ts';

const BODY_LIMIT_BYTES = 1_048_576;

/** Answers a request, at once or later. */
type Handle = (request: IncomingRequest) => Reply | Promise<Reply>;

/** The emulator's HTTP side. */
export interface RunningServer {
  readonly port: number;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1, on any free port for 0. Rejects with a plain message when the port is taken. */
export async function startServer(port: number, handle: Handle): Promise<RunningServer> {
  const stopped = new AbortController();
  const server = createServer((request, response) => {
    answer({ request, response, handle, signal: stopped.signal }).catch(() => response.destroy());
  });
  const listening = await listen(server, port);
  return {
    port: listening,
    async close() {
      stopped.abort();
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

interface Connection {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly signal: AbortSignal;
  readonly handle: Handle;
}

async function answer({ request, response, handle, signal }: Connection): Promise<void> {
  const body = await readBody(request, { limitBytes: BODY_LIMIT_BYTES, dropsUnsizedBodies: false });
  if (body.kind === 'too-large') {
    response.setHeader('connection', 'close');
    write(response, failure(413, 'The request body is too large.'));
    return;
  }
  const { answer: told, slowMs = 0 } = await reply(request, body.bytes, handle);
  if (slowMs > 0) await delay(slowMs, undefined, { signal });
  if (told === undefined) request.socket.destroy();
  else write(response, told);
}

async function reply(request: IncomingMessage, body: Uint8Array, handle: Handle): Promise<Reply> {
  const { method = 'GET', url: pathAndQuery = '/', headers } = request;
  const url = URL.parse(pathAndQuery, 'http://127.0.0.1');
  if (url === null) return { answer: failure(400, 'The path cannot be read.') };
  try {
    return await handle({ method, pathAndQuery, headers, body, url });
  } catch (error) {
    return { answer: failure(500, `The emulator itself failed: ${String(error)}`) };
  }
}

function failure(status: number, message: string): Answer {
  return { status, body: { code: String(status), message } };
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  const text = body === undefined ? undefined : JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    ...(text === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    'content-length': text === undefined ? 0 : Buffer.byteLength(text),
  });
  response.end(text);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const text = error.code === 'EADDRINUSE' ? `Port ${port} is taken by another program.` : error.message;
      reject(new Error(text, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

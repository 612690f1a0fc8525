import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request to storage, as it comes over HTTP. */
export interface StorageRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A storage account behind which another one answers, unless it is to fail. */
export interface FaultyStorage {
  readonly connectionString: string;
  stop(): Promise<void>;
}

const ENDPOINT = /(\w+Endpoint)=http:\/\/127\.0\.0\.1:(\d+)/g;

/**
 * Stands before the services of a storage account and answers 503 to whatever is to fail; all else goes through.
 *
 * @param fails asked once for each request, in order.
 */
export async function startFaultyStorage(
  connectionString: string,
  fails: (request: StorageRequest) => boolean,
): Promise<FaultyStorage> {
  const ports = [...connectionString.matchAll(ENDPOINT)].map(([, , port]) => Number(port));
  const proxies = await Promise.all(ports.map(port => startProxy(port, fails)));
  let through = connectionString;
  for (const [index, { port }] of proxies.entries())
    through = through.replace(`:${ports[index]}/`, `:${port}/`);
  return {
    connectionString: through,
    async stop() {
      await Promise.all(proxies.map(proxy => proxy.stop()));
    },
  };
}

async function startProxy(target: number, fails: (request: StorageRequest) => boolean) {
  const server = createServer((request, response) => {
    void pass(request, response, { target, fails });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { target, fails }: { readonly target: number; readonly fails: (request: StorageRequest) => boolean },
): Promise<void> {
  const body = await buffer(request).catch(() => undefined);
  if (body === undefined) return;
  const { method = '', url: path = '', headers } = request;
  if (fails({ method, path, body: body.toString('utf8') })) {
    response.writeHead(503, { 'x-ms-error-code': 'ServerBusy' }).end();
    return;
  }
  const onward = send({ host: '127.0.0.1', port: target, method, path, headers }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  onward.end(body);
}

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a receiver does with a request. */
export type OnOtlp = (path: string, json: unknown) => void;

export interface OtlpReceiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/**
 * Takes OTLP over HTTP on this machine, in JSON only: the Functions host sends protobuf, which is refused.
 *
 * @param port 0 for a free one.
 */
export async function startOtlpReceiver(port: number, onOtlp: OnOtlp): Promise<OtlpReceiver> {
  const server = createServer((request, response) => {
    void answerTo(request, onOtlp).then(status => {
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(port, '127.0.0.1', listening.resolve);
  await listening.promise;
  const { port: given } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${given}`,
    async stop() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

async function answerTo(request: IncomingMessage, onOtlp: OnOtlp): Promise<number> {
  try {
    const text = await new Response(request as unknown as ReadableStream).text();
    if (!request.headers['content-type']?.startsWith('application/json')) return 415;
    onOtlp(request.url ?? '', JSON.parse(text));
    return 200;
  } catch {
    // Cut short, or not what it should be: the sender is told, and need not send it again.
    return 400;
  }
}

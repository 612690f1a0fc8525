import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a {@link ScriptedServer} does with one request. */
export type ScriptedAnswer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'drop the connection'
  | 'say nothing';

/** An HTTP server on 127.0.0.1 that answers requests from a script, and the last line for ever. */
export interface ScriptedServer {
  /** Names the server as the table and queue service of an account. */
  readonly connectionString: string;
  /** `POST /path` of each request, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Starts a server with a script of at least one line. */
export async function startScriptedServer(script: readonly ScriptedAnswer[]): Promise<ScriptedServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const answer = script[Math.min(requests.length, script.length - 1)] ?? 'say nothing';
    requests.push(`${request.method} ${request.url?.split('?', 1)[0]}`);
    request.resume().once('end', () => play(response, answer));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}/account`;
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=account;AccountKey=a2V5;TableEndpoint=${endpoint};QueueEndpoint=${endpoint}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

function play(response: ServerResponse, answer: ScriptedAnswer): void {
  if (answer === 'drop the connection') {
    response.destroy();
  } else if (answer !== 'say nothing') {
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
}

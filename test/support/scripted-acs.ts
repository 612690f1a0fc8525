import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a {@link ScriptedAcs} does with one request. */
export type AcsScript =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | 'drop before reading'
  | 'drop after reading'
  | 'say nothing';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An HTTP server on 127.0.0.1 that answers as a test has it, and keeps what it read. */
export interface ScriptedAcs {
  readonly endpoint: string;
  readonly received: ReceivedRequest[];
  /** For every request from now on. */
  answer: AcsScript;
  /** The same, by what was read of the request. */
  answerTo: (request: ReceivedRequest) => AcsScript;
  close(): Promise<void>;
}

/** Starts one that answers 200 until it is told otherwise. */
export async function startScriptedAcs(): Promise<ScriptedAcs> {
  const received: ReceivedRequest[] = [];
  const state = { answer: { status: 200 } as AcsScript, answerTo: (): AcsScript => state.answer } as {
    answer: AcsScript;
    answerTo: (request: ReceivedRequest) => AcsScript;
  };
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const read = { method, url, headers, body: await text(request) };
    received.push(read);
    play(response, state.answerTo(read));
  }
  const server = createServer((request, response) => {
    if (state.answer === 'drop before reading') request.destroy();
    else receive(request, response).catch(() => response.destroy());
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}/`,
    received,
    get answer() {
      return state.answer;
    },
    set answer(answer) {
      state.answer = answer;
      state.answerTo = () => state.answer;
    },
    get answerTo() {
      return state.answerTo;
    },
    set answerTo(answerTo) {
      state.answer = { status: 200 };
      state.answerTo = answerTo;
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

function play(response: ServerResponse, answer: AcsScript): void {
  if (answer === 'drop after reading') response.destroy();
  if (typeof answer === 'string') return;
  const body = answer.body === undefined ? '' : JSON.stringify(answer.body);
  response.writeHead(answer.status, answer.headers).end(body);
}

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

/** The code of an error that came before anything of a request could be written: it was certainly not carried out. */
export const NOT_CONNECTED = 'NOT_CONNECTED';

/** How long connecting may take, TLS included. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * How long a connection waits for its next request. A server that closes one at the moment it is used again leaves the
 * request without an answer, and a call that may be placed once only is lost with it: so this is shorter than any
 * server waits.
 */
const IDLE_MS = 4_000;

/** Bounds of a connection; each has a default. */
export interface ConnectionLimits {
  readonly connectTimeoutMs?: number | undefined;
  readonly idleMs?: number | undefined;
}

/**
 * Keeps connections to an endpoint, and tells of each error whether the connection stood by then: refused, not found,
 * not trusted or not answering in time, an error has the code {@link NOT_CONNECTED}, whatever it was.
 */
export function connectionAgent(
  endpoint: URL,
  { connectTimeoutMs = CONNECT_TIMEOUT_MS, idleMs = IDLE_MS }: ConnectionLimits,
): HttpAgent {
  const isSecure = endpoint.protocol === 'https:';
  const options = { keepAlive: true, timeout: idleMs };
  const agent = isSecure ? new HttpsAgent(options) : new HttpAgent(options);
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (connectOptions, callback) => {
    const socket = connect(connectOptions, callback);
    // A socket of node:net or node:tls, which the type of a proxy's agent leaves open.
    watch(socket as Socket, { readyEvent: isSecure ? 'secureConnect' : 'connect', connectTimeoutMs });
    return socket;
  };
  return agent;
}

/** Listens before the request does, so that its error is the one that is marked here. */
function watch(
  socket: Socket,
  { readyEvent, connectTimeoutMs }: { readonly readyEvent: string; readonly connectTimeoutMs: number },
): void {
  const mark = (error: Error) => Object.assign(error, { code: NOT_CONNECTED });
  const timer = setTimeout(
    () => socket.destroy(new Error(`no connection within ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  );
  socket.once('error', mark);
  socket.once(readyEvent, () => socket.off('error', mark));
  for (const event of [readyEvent, 'close']) socket.once(event, () => clearTimeout(timer));
}

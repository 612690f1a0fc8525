import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AcsHttp } from '../../../shared/actions/acs/acs-http.ts';
import { systemClock } from '../../../shared/clock.ts';
import { startScriptedAcs } from '../../support/scripted-acs.ts';

const REQUEST = { method: 'POST', path: '/calling/calls', apiVersion: 'v', body: '{}' } as const;
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A server that does this with every connection, and speaks no HTTP. */
async function portOf(onConnection: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer(onConnection);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  cleanups.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  return address.port;
}

function httpFor(options: ConstructorParameters<typeof AcsHttp>[0]): AcsHttp {
  const http = new AcsHttp(options);
  cleanups.push(() => http.close());
  return http;
}

const credential = { key: 'a2V5' };

describe('AcsHttp', () => {
  it('knows that nothing was sent where TLS does not come about', async () => {
    const port = await portOf(socket => socket.destroy());
    const http = httpFor({ endpoint: `https://127.0.0.1:${port}`, credential });

    expect(await http.send(REQUEST)).toMatchObject({ kind: 'notSent' });
  });

  it('knows that nothing was sent where TLS is not answered in time', async () => {
    const sockets: Socket[] = [];
    const port = await portOf(socket => sockets.push(socket));
    cleanups.push(() => {
      for (const socket of sockets) socket.destroy();
    });
    const http = httpFor({ endpoint: `https://127.0.0.1:${port}`, credential, connectTimeoutMs: 100 });

    expect(await http.send(REQUEST)).toMatchObject({
      kind: 'notSent',
      reason: 'ACS could not be reached: no connection within 100 ms',
    });
  });

  it('takes the trace context along as a header, where there is one', async () => {
    const acs = await startScriptedAcs();
    cleanups.push(() => acs.close());
    const http = httpFor({ endpoint: acs.endpoint, credential });
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

    await http.send({ ...REQUEST, traceparent });
    await http.send(REQUEST);

    expect(acs.received.map(({ headers }) => headers['traceparent'])).toEqual([traceparent, undefined]);
  });

  it('knows that nothing was sent where there is no such host', async () => {
    const http = httpFor({ endpoint: 'http://ringback.invalid', credential });

    expect(await http.send(REQUEST)).toMatchObject({ kind: 'notSent' });
  });

  it('does not know it once the connection stood', async () => {
    const port = await portOf(socket => socket.destroy());
    const http = httpFor({ endpoint: `http://127.0.0.1:${port}`, credential });

    expect(await http.send(REQUEST)).toEqual({
      kind: 'noAnswer',
      reason: 'ACS did not answer: the connection broke before the answer',
    });
  });

  it('does not wait for an answer without end', async () => {
    const port = await portOf(socket => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{');
      cleanups.push(() => socket.destroy());
    });
    const http = httpFor({ endpoint: `http://127.0.0.1:${port}`, credential, timeoutMs: 200 });

    expect(await http.send(REQUEST)).toMatchObject({ kind: 'noAnswer' });
  });

  it('follows no redirection', async () => {
    const acs = await startScriptedAcs();
    cleanups.push(() => acs.close());
    acs.answer = { status: 307, headers: { location: `${acs.endpoint}elsewhere` } };

    const answer = await httpFor({ endpoint: acs.endpoint, credential }).send(REQUEST);

    expect(answer).toMatchObject({ kind: 'answer', status: 307 });
    expect(acs.received).toHaveLength(1);
  });

  it('keeps a connection for the next request, and lets it go before the other side may', async () => {
    let connections = 0;
    const port = await portOf(socket => {
      connections += 1;
      socket.on('data', () => socket.write('HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n'));
    });
    const http = httpFor({ endpoint: `http://127.0.0.1:${port}`, credential, idleMs: 100 });

    await http.send(REQUEST);
    await http.send(REQUEST);
    expect(connections).toBe(1);

    await systemClock.sleep(300);
    await http.send(REQUEST);
    expect(connections).toBe(2);
  });

  it('knows that nothing was sent where there is no token', async () => {
    const getToken = () => Promise.reject(new Error('secret'));
    const http = httpFor({ endpoint: 'https://ringback.invalid', credential: { getToken } });

    const answer = await http.send(REQUEST);

    expect(answer).toEqual({ kind: 'notSent', reason: 'no token for ACS could be had (Error)' });
  });
});

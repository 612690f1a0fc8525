import { connect, createServer } from 'node:net';

const CONNECT_TIMEOUT_MS = 500;

/**
 * Finds TCP ports on 127.0.0.1 that nothing listens on, all different from each other. They are free when the promise
 * resolves; nothing keeps them free, so a caller whose child loses the race asks again.
 */
export async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listenAnywhere()));
  const ports = servers.map(server => server.port);
  await Promise.all(servers.map(server => server.close()));
  return ports;
}

/** Tells whether a server could listen on this port of 127.0.0.1 now. Never throws. */
export async function isPortFree(port: number): Promise<boolean> {
  // Some systems let a second server bind the same port on a narrower address: ask for an answer as well.
  return (await canListen(port)) && !(await answers(port));
}

function canListen(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

function listenAnywhere(): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') {
        reject(new Error('A TCP server has no port.'));
        return;
      }
      const close = () => new Promise<void>(done => server.close(() => done()));
      resolve({ port: address.port, close });
    });
  });
}

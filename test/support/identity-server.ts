import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A stand-in for what gives a managed identity its tokens in the Functions platform. */
export interface IdentityServer {
  /** The variables by which the platform tells an app of it. */
  readonly environment: Readonly<Record<string, string>>;
  /** For each request the resource and the client id that it named. */
  readonly requests: readonly (readonly [resource: string | null, clientId: string | null])[];
  close(): void;
}

const HEADER = 'the header that the platform wants';

/** Starts it on a free port. Its tokens are unsigned: Azurite looks at what they say, and not at who signed them. */
export async function startIdentityServer(): Promise<IdentityServer> {
  const requests: [string | null, string | null][] = [];
  const server = createServer((request, response) => {
    const query = queryOf(request);
    const resource = query.get('resource');
    if (request.headers['x-identity-header'] !== HEADER) {
      response.writeHead(401).end();
      return;
    }
    requests.push([resource, query.get('client_id')]);
    const expiresOn = Math.floor(Date.now() / 1000) + 3600;
    const answer = {
      access_token: unsignedToken(resource, expiresOn),
      expires_on: String(expiresOn),
      resource,
    };
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ ...answer, token_type: 'Bearer' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    environment: { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token`, IDENTITY_HEADER: HEADER },
    requests,
    close: () => server.close(),
  };
}

function queryOf(request: IncomingMessage): URLSearchParams {
  return new URL(request.url ?? '', 'http://127.0.0.1').searchParams;
}

function unsignedToken(resource: string | null, expiresOn: number): string {
  const issuedAt = expiresOn - 3600 - 60;
  const claims = {
    aud: resource?.replace(/\/$/, ''),
    iss: 'https://sts.windows.net/11111111-2222-3333-4444-555555555555/',
    iat: issuedAt,
    nbf: issuedAt,
    exp: expiresOn,
  };
  return [{ alg: 'RS256', typ: 'JWT' }, claims, {}].map(part => base64url(part)).join('.');
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

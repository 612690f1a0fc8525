import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

const LIFE_SECONDS = 300;

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/** An issuer of tokens that publishes its keys over HTTP on this machine. */
export class TokenIssuer {
  readonly audience = 'f6d1a0d2-0c5e-4c0b-9a5f-3a4b2c1d0e9f';
  /** How often its keys were asked for. */
  fetches = 0;
  /** What is answered instead of the keys. */
  fault: { readonly status: number; readonly body: string } | undefined;
  /** Keys are given out only once this is over. */
  hold: Promise<void> = Promise.resolve();
  readonly #server: Server;
  #published: Key[] = [];

  private constructor() {
    this.#server = createServer((_request, response) => {
      this.fetches += 1;
      void this.hold.then(async () => {
        const keys = this.#published.map(async ({ kid, publicKey }) => ({
          ...(await exportJWK(publicKey)),
          kid,
          use: 'sig',
        }));
        const { status, body } = this.fault ?? {
          status: 200,
          body: JSON.stringify({ keys: await Promise.all(keys) }),
        };
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
    });
  }

  static async start(): Promise<TokenIssuer> {
    const issuer = new TokenIssuer();
    await new Promise<void>(resolve => issuer.#server.listen(0, '127.0.0.1', resolve));
    await issuer.addKey('key-1');
    return issuer;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => this.#server.close(() => resolve()));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get settings() {
    return { audiences: ['another', this.audience], issuers: [this.url], jwksUrl: `${this.url}/keys` };
  }

  /** Publishes one more key, and signs with it from now on. */
  async addKey(kid: string): Promise<void> {
    this.#published = [
      ...this.#published,
      { kid, ...(await generateKeyPair('RS256', { extractable: true })) },
    ];
  }

  /** The public key as text: what a forger may take for the secret of another algorithm. */
  async publicKeyText(): Promise<string> {
    return exportSPKI(this.#key.publicKey);
  }

  /** A good token, unless told otherwise. Times are in seconds from now; `expires: null` is never. */
  async token(
    wrong: {
      readonly claims?: JWTPayload;
      readonly kid?: string;
      readonly alg?: string;
      readonly notBefore?: number;
      readonly expires?: number | null;
      readonly signedBy?: CryptoKey;
    } = {},
  ): Promise<string> {
    const { kid = this.#key.kid, alg = 'RS256', notBefore = 0, expires = LIFE_SECONDS } = wrong;
    const now = Math.floor(Date.now() / 1000);
    const times = { nbf: now + notBefore, ...(expires === null ? {} : { exp: now + expires }) };
    const key = wrong.signedBy ?? this.#key.privateKey;
    return new SignJWT({ iss: this.url, aud: this.audience, ...wrong.claims, ...times })
      .setProtectedHeader({ alg, kid, typ: 'JWT' })
      .sign(await importJWK(await exportJWK(key), alg));
  }

  get #key(): Key {
    const key = this.#published.at(-1);
    if (key === undefined) throw new Error('The issuer has a key once it has started.');
    return key;
  }
}

import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { exportJWK, type JWK, SignJWT } from 'jose';

/** As long as a token of ACS is good. */
const LIFE_SECONDS = 300;
/** A token serves the callbacks of so many milliseconds: to sign each would cost more than to send it. */
const SHARED_FOR_MS = 10_000;

/** Of the tokens that callbacks bear. */
export interface TokenSettings {
  /** Who they say that they are of. */
  readonly issuer: string;
  /** For whom they are: in life the immutable resource id of the ACS resource. */
  readonly audience: string;
}

interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/**
 * Issues the tokens (RFC 7519, RS256) with which callbacks prove from whom they are, and publishes the keys to check them
 * with. Keys are made when the first is needed.
 */
export class CallbackTokens {
  readonly settings: TokenSettings;
  readonly #newKeyId: (count: number) => string;
  #keys: Key[] = [];
  #count = 0;
  #shared: { readonly token: Promise<string>; readonly untilMs: number } | undefined;

  /** @param newKeyId names the key of this number. */
  constructor(settings: TokenSettings, newKeyId: (count: number) => string) {
    this.settings = settings;
    this.#newKeyId = newKeyId;
  }

  /** The value of the Authorization header. */
  async authorization(): Promise<string> {
    const nowMs = Date.now();
    if (this.#shared === undefined || this.#shared.untilMs < nowMs) {
      this.#shared = { token: this.#sign(this.#current()), untilMs: nowMs + SHARED_FOR_MS };
    }
    return `Bearer ${await this.#shared.token}`;
  }

  /** Signs with a new key from now on. The ones before stay published, unless they are to be forgotten. */
  rotate({ forgetsOld }: { readonly forgetsOld: boolean }): void {
    if (forgetsOld) this.#keys = [];
    this.#add();
    this.#shared = undefined;
  }

  /** The names of the published keys; the last one signs. */
  get keyIds(): string[] {
    this.#current();
    return this.#keys.map(({ kid }) => kid);
  }

  /** The published keys (RFC 7517). */
  async keySet(): Promise<{ readonly keys: readonly JWK[] }> {
    this.#current();
    const keys = this.#keys.map(async ({ kid, privateKey }) => ({
      ...(await exportJWK(createPublicKey(privateKey))),
      kid,
      alg: 'RS256',
      use: 'sig',
    }));
    return { keys: await Promise.all(keys) };
  }

  #current(): Key {
    return this.#keys.at(-1) ?? this.#add();
  }

  #add(): Key {
    this.#count += 1;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = { kid: this.#newKeyId(this.#count), privateKey };
    this.#keys.push(key);
    return key;
  }

  #sign({ kid, privateKey }: Key): Promise<string> {
    const { issuer, audience } = this.settings;
    return new SignJWT()
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setNotBefore('0s')
      .setExpirationTime(`${LIFE_SECONDS}s`)
      .sign(privateKey);
  }
}
